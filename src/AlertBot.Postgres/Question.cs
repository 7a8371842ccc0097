namespace AlertBot.Postgres;

/// <summary>
/// A question to the database that is not put yet. Several that do not wait for each other's answers go there and back together
/// (<see cref="Session.AskAsync"/>), in their order: each sees what the ones before it changed.
/// </summary>
public abstract class Question
{
    private protected Question(IReadOnlyList<Reading> asked) => Asked = asked;

    internal IReadOnlyList<Reading> Asked { get; }

    /// <summary>One answer from those of several questions.</summary>
    public static Question<T> Of<T>(Func<T> answer, params IEnumerable<Question> from) => new(from.SelectMany(one => one.Asked).ToList(), answer);

    /// <summary>One whose answer is known: nobody has to be asked.</summary>
    public static Question<T> Known<T>(T answer) => new([], () => answer);
}

/// <inheritdoc/>
public sealed class Question<T> : Question
{
    private readonly Lazy<T> _answer;

    internal Question(IReadOnlyList<Reading> asked, Func<T> answer)
        : base(asked) => _answer = new Lazy<T>(answer);

    /// <summary>Once it was put.</summary>
    public T Answer => _answer.Value;
}
