using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Imports an existing list of people and groups: <c>role,channel,address,language,cases</c>, with cases separated by semicolons. Known people keep
/// what they have, and a role is never lowered. Nobody relies on new people until they have written to the bot: on Signal they are asked to, on
/// Telegram they need an invitation.
/// </summary>
public sealed class ImportPeople(Handshake handshake, TextCatalog texts)
{
    public static readonly IReadOnlyList<string> Columns = ["role", "channel", "address", "language", "cases"];

    private const string Group = "group";
    private const int LongestField = 300;
    private static readonly IReadOnlyList<string> Roles = [.. Words.Of<Role>(), Group];

    /// <summary>Imports one line. A refused line writes nothing.</summary>
    public async Task<ImportedLine> LineAsync(Session session, IReadOnlyList<string> fields)
    {
        string Field(int index) => index < fields.Count ? fields[index].Trim() : "";
        var count = fields.Count - fields.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();
        if (count < 3 || count > Columns.Count)
            return Refused("import.fields", ("count", count), ("columns", string.Join(",", Columns)));
        if (fields.Any(field => field.Length > LongestField))
            return Refused("import.long", ("limit", LongestField));
        var isGroup = Field(0).Equals(Group, StringComparison.OrdinalIgnoreCase);
        if (Words.Read<Role>(Field(0)) is not { } role)
        {
            if (!isGroup)
                return Unknown("import.role", Field(0), Roles);
            role = Role.Reporter;
        }

        if (!session.Actor.MayActAs(InvitePerson.NeededFor(role)))
            return Refused("import.role-not-yours", ("role", role));
        if (Words.Read<ChannelKind>(Field(1)) is not { } channel)
            return Unknown("import.channel", Field(1), Words.Of<ChannelKind>());
        var (read, problem) = AddressIn(channel, Field(2));
        if (read is not { } at)
            return new ImportedLine(false, problem!);
        if (isGroup && channel == ChannelKind.Telegram && !WrittenAddress.IsGroup(at))
            return Refused("import.group-id");
        if (Field(3).Length > 0 && !texts.Languages.Understands(Field(3)))
            return Unknown("import.language", Field(3), texts.Languages.Select(one => one.Code).ToList());

        var cases = new List<CaseFile>();
        foreach (var text in Field(4).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!CaseCode.TryParse(text, out var code) || await session.Cases.FindAsync(code) is not { } file)
                return Refused("import.no-case", ("word", text));
            cases.Add(file);
        }

        return await WriteAsync(session, at, isGroup || WrittenAddress.IsGroup(at), role, texts.Languages.Choose(Field(3)), cases);
    }

    /// <summary>The address of a line, if it is one: whoever looks for the same one twice compares these.</summary>
    public static ChannelAddress? AddressOf(IReadOnlyList<string> fields) =>
        fields.Count > 2 && Words.Read<ChannelKind>(fields[1]) is { } channel ? AddressIn(channel, fields[2].Trim()).At : null;

    private static ImportedLine Refused(string key, params (string Name, object Value)[] arguments) => new(false, new Line(key, arguments));

    private static ImportedLine Unknown(string key, string word, IReadOnlyList<string> known) => Refused(
        key, ("word", word), ("near", Nearest.Of(word, known, Math.Max(2, word.Length / 3)) ?? "none"),
        ("words", string.Join(", ", known.SkipLast(1))), ("last", known[^1]));

    private static (ChannelAddress? At, Line? Problem) AddressIn(ChannelKind channel, string text)
    {
        if (channel == ChannelKind.Telegram)
            return (WrittenAddress.Read(channel, text), new Line("import.telegram"));
        // What is neither a group nor a uuid is meant to be a number.
        if (WrittenAddress.Read(channel, text) is { } at && at.Value[0] != '+')
            return (at, null);
        var (number, problem) = WrittenNumber.Read(text);
        return number is not null ? (WrittenAddress.Read(channel, number), new Line("import.signal"))
            : (null, problem == NumberProblem.NoNumber ? new Line("import.signal") : new Line("import.number", ("why", problem)));
    }

    private async Task<ImportedLine> WriteAsync(
        Session session, ChannelAddress at, bool isGroup, Role role, string language, IReadOnlyList<CaseFile> cases)
    {
        var known = await session.Addresses.FindAsync(at);
        var address = known ?? await AddAsync(session, at, isGroup, role, language);
        var isAsked = await AskAsync(session, address);
        var had = await RaiseAsync(session, address, role);
        var subscribed = new List<CaseId>();
        foreach (var file in cases)
        {
            if (await session.Subscriptions.AddAsync(file.Id, address.Id, session.Actor.Id))
                subscribed.Add(file.Id);
        }

        await session.Audit.AddAsync(
            session.Actor.Id, new AuditAct("people.import"), address.Id.Value, isGroup ? Group : Words.Snake(role.ToString()));

        var isUnconfirmed = isAsked || address.IsUnconfirmed;
        return new ImportedLine(true, new Line(
            "import.person", ("state", known is null ? "added" : had is not null ? "raised" : "there"), ("count", subscribed.Count),
            ("unconfirmed", isUnconfirmed ? "yes" : "no")))
        {
            Invite = isUnconfirmed && at.Channel == ChannelKind.Telegram ? role : null,
            Address = address.Id,
            Person = address.Person,
            IsNew = known is null,
            Had = had,
            Role = role,
            Subscribed = subscribed,
        };
    }

    // On Telegram a bot may not write first, so the person who passes on the invitation asks instead.
    private async Task<bool> AskAsync(Session session, Address address)
    {
        if (address is not { IsGroup: false, WarmAt: null, AskedAt: null })
            return false;
        if (Handshake.IsFor(address))
            await handshake.AskAsync(session, address);
        else
            await session.Addresses.SetAskedAsync(address.Id);
        return true;
    }

    private static async Task<Address> AddAsync(Session session, ChannelAddress at, bool isGroup, Role role, string language)
    {
        if (isGroup)
            return await session.Addresses.EnsureAsync(at, null, isGroup: true, language);

        var person = new Person(PersonId.New(), role, language, DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        return await session.Addresses.EnsureAsync(at, person.Id, isGroup: false, language);
    }

    private static async Task<Role?> RaiseAsync(Session session, Address address, Role role)
    {
        if (address.Person is not { } id || await session.People.FindAsync(id) is not { } person || person.Role >= role)
            return null;
        await session.People.UpdateAsync(person with { Role = role });
        return person.Role;
    }
}

/// <summary>The result of one line of a list.</summary>
/// <param name="Said">What was done, or what is wrong with it.</param>
public sealed record ImportedLine(bool Done, Line Said)
{
    /// <summary>
    /// The role for an invitation by link, which must reach the person another way, because the bot may not write to them first. Null if none is
    /// needed.
    /// </summary>
    public Role? Invite { get; init; }

    public AddressId? Address { get; init; }

    public PersonId? Person { get; init; }

    /// <summary>True if the address was added by this line.</summary>
    public bool IsNew { get; init; }

    /// <summary>The role that the person had before this line raised it; null: it did not.</summary>
    public Role? Had { get; init; }

    public Role Role { get; init; }

    /// <summary>The cases that the address follows because of this line.</summary>
    public IReadOnlyList<CaseId> Subscribed { get; init; } = [];

    /// <summary>True if it added something.</summary>
    public bool IsNews => IsNew || Had is not null || Subscribed.Count > 0;

    /// <summary>What it added, by ids; null: nothing, and nobody need confirm anything.</summary>
    public ImportMade? Made => Done && (IsNews || Invite is not null)
        ? new ImportMade
        {
            Address = Address?.Value,
            Person = Person?.Value,
            IsNew = IsNew,
            Role = Role,
            Had = Had,
            Invite = Invite,
            Follows = Subscribed.Select(@case => @case.Value).ToList(),
        }
        : null;
}
