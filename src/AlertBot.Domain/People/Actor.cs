namespace AlertBot.Domain.People;

/// <summary>
/// Who acts: a person by chat or at the desk, a program with a person's token, an operator at the machine's command line, or nobody.
/// </summary>
public sealed record Actor
{
    /// <summary>The command line: a person with the machine and its key file may do everything.</summary>
    public static readonly Actor Operator = new(null, hasMachine: true);

    /// <summary>A scheduled job, or a person who is not known yet: they may do nothing.</summary>
    public static readonly Actor Nobody = new(null, hasMachine: false);

    private readonly bool _hasMachine;

    private Actor(Person? person, bool hasMachine) => (Person, _hasMachine) = (person, hasMachine);

    public Person? Person { get; }

    public PersonId? Id => Person?.Id;

    /// <summary>The token with which a program acts for the person; null: the person acts.</summary>
    public ApiTokenId? Token { get; private init; }

    public static Actor Of(Person? person) => person is null ? Nobody : new(person, hasMachine: false);

    /// <summary>A program with a token of that person.</summary>
    public static Actor Of(Person person, ApiTokenId token) => new(person, hasMachine: false) { Token = token };

    /// <inheritdoc cref="Person.MayActAs"/>
    public bool MayActAs(Role needed) => Person?.MayActAs(needed) ?? _hasMachine;
}
