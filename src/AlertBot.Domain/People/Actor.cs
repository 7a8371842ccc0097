namespace AlertBot.Domain.People;

/// <summary>Who does something: a person by chat, or whoever runs the program's commands on its machine.</summary>
public sealed record Actor
{
    /// <summary>The command line: whoever has the machine and its key file has everything.</summary>
    public static readonly Actor Operator = new((Person?)null);

    private Actor(Person? person) => Person = person;

    public Person? Person { get; }

    public PersonId? Id => Person?.Id;

    public static Actor Of(Person person) => new(person);

    /// <inheritdoc cref="Person.MayActAs"/>
    public bool MayActAs(Role needed) => Person is null || Person.MayActAs(needed);
}
