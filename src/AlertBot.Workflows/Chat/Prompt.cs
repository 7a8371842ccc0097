using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Chat;

/// <summary>A conversation's question, as text keys and facts, with the choices it offers.</summary>
/// <param name="Lines">Paragraphs.</param>
/// <param name="Options">Rows of buttons.</param>
public sealed record Prompt(IReadOnlyList<Line> Lines, IReadOnlyList<IReadOnlyList<Option>> Options)
{
    /// <summary>Data of the button that shows the choices behind the fold.</summary>
    public const string More = "more";

    private const int LongestLabel = 50;
    private const int Few = 3;
    private const int PerRow = 2;

    /// <summary>
    /// How many rows, from the first, are one long list of answers: three of them are shown, and [More]. Rows below lead on and back, and
    /// always show. None where it is 0.
    /// </summary>
    public int Folded { get; init; }

    public RichText In(string language, TextCatalog texts) => RichText.Join("\n", Lines.Select(line => line.In(language, texts)));

    /// <param name="turn">Which question it is: buttons of an earlier one are stale. Null: they never are.</param>
    public IReadOnlyList<IReadOnlyList<Choice>> ChoicesIn(string language, TextCatalog texts, string prefix, int? turn, bool isWhole = true) =>
        (isWhole ? Options : FewOptions())
        .Select(row => (IReadOnlyList<Choice>)row.Select(option => new Choice(
            // A button shows one line, but a person's own words may be longer.
            Shortened.To(option.Label.In(language, texts).Plain, LongestLabel),
            turn is null
                ? $"{prefix}:{option.Data}"
                : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}:{turn}:{option.Data}"))
        {
            AsksBack = option.AsksBack,
        }).ToList())
        .ToList();

    private IReadOnlyList<IReadOnlyList<Option>> FewOptions()
    {
        var list = Options.Take(Folded).SelectMany(row => row).ToList();
        return list.Count <= Few + 1
            ? Options
            : [.. list.Take(Few).Append(new Option("button.more", More)).Chunk(PerRow), .. Options.Skip(Folded)];
    }

    public override string ToString() => $"(prompt {(Lines.Count > 0 ? Lines[0].Key : "")})";
}

/// <summary>One choice.</summary>
/// <param name="Data">Short: with the conversation's prefix and the turn it must fit 64 bytes.</param>
public sealed record Option(Line Label, string Data)
{
    public Option(string key, string data)
        : this(new Line(key), data)
    {
    }

    /// <inheritdoc cref="Choice.AsksBack"/>
    public bool AsksBack { get; init; }
}

/// <summary>What a person said to a conversation. Prints as a mask.</summary>
public abstract record Said
{
    private Said() { }

    public sealed record Words(string Text) : Said
    {
        public override string ToString() => "(words)";
    }

    /// <param name="Turn">The number of the question with the button.</param>
    public sealed record Pressed(int Turn, string Data) : Said
    {
        public override string ToString() => "(press)";
    }

    /// <summary>A photo, a voice message or a place, which answers no question here.</summary>
    public sealed record Something : Said;
}

/// <summary>A conversation's reaction to what a person said.</summary>
/// <param name="Next">The state to save; null: the conversation is over.</param>
/// <param name="Result">What to do, once everything is known.</param>
public sealed record Turn<TState, TResult>(TState? Next, TResult? Result = null)
    where TState : class
    where TResult : class
{
    /// <summary>Precedes the next question: what was not understood.</summary>
    public Line? Remark { get; init; }

    /// <summary>True if the button belonged to a question that is no longer open.</summary>
    public bool IsStale { get; init; }

    /// <summary>True if the open question stays as it is and is not repeated.</summary>
    public bool LeavesQuestion { get; init; }

    public override string ToString() => "(turn)";
}
