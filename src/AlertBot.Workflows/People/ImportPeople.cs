using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Brings in an existing list of people and groups: <c>role,channel,address,language,cases</c>, cases separated by
/// semicolons. Whoever is there already keeps what they have; a role is never lowered. New people on Signal are
/// asked to answer first.
/// </summary>
public sealed class ImportPeople(Handshake handshake, TextCatalog texts)
{
    public static readonly IReadOnlyList<string> Columns = ["role", "channel", "address", "language", "cases"];

    /// <returns>A sentence that says what was done, or what is wrong with the line; nothing of it is written then.</returns>
    public async Task<(bool Done, string Sentence)> LineAsync(Session session, IReadOnlyList<string> fields)
    {
        if (fields.Count is < 3 or > 5)
            return (false, $"{fields.Count} fields instead of {string.Join(",", Columns)}");

        string Field(int index) => index < fields.Count ? fields[index].Trim() : "";
        var isGroup = Field(0).Equals("group", StringComparison.OrdinalIgnoreCase);
        if (!Enum.TryParse<Role>(Field(0), ignoreCase: true, out var role) && !isGroup)
            return (false, $"unknown role '{Field(0)}': use reporter, advocate, coordinator, owner, or group");
        if (!Enum.TryParse<ChannelKind>(Field(1), ignoreCase: true, out var channel) || !Enum.IsDefined(channel))
            return (false, $"unknown channel '{Field(1)}': use telegram or signal");
        if (!IsAddress(channel, Field(2)))
            return (false, channel == ChannelKind.Telegram ? "the address is no Telegram chat id" : "the address is no Signal number or uuid");
        isGroup |= channel == ChannelKind.Telegram && Field(2)[0] == '-';

        var cases = new List<CaseFile>();
        foreach (var text in Field(4).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!CaseCode.TryParse(text, out var code) || await session.Cases.FindAsync(code) is not { } file)
                return (false, $"there is no case '{text}'");
            cases.Add(file);
        }

        var language = texts.Languages.Choose(Field(3).Length == 0 ? null : Field(3));
        var at = new ChannelAddress(channel, Field(2));
        var known = await session.Addresses.FindAsync(at);
        var address = known ?? await AddAsync(session, at, isGroup, role, language);
        var isAsked = Handshake.IsFor(address);
        if (isAsked)
            await handshake.AskAsync(session, address);
        var raised = await RaiseAsync(session, address, role);
        var subscribed = 0;
        foreach (var file in cases)
            subscribed += await session.Subscriptions.AddAsync(file.Id, address.Id, null) ? 1 : 0;
        await session.Audit.AddAsync(null, new AuditAct("people.import"), address.Id.Value, isGroup ? "group" : role.ToString().ToLowerInvariant());

        return (true, $"{(known is null ? "added" : raised ? "role raised" : "was there")}, {subscribed} new subscriptions"
            + (isAsked || address.IsUnconfirmed ? ", not confirmed yet" : ""));
    }

    private static async Task<Address> AddAsync(Session session, ChannelAddress at, bool isGroup, Role role, string language)
    {
        if (isGroup)
            return await session.Addresses.EnsureAsync(at, null, isGroup: true, language);

        var person = new Person(PersonId.New(), role, language, DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        return await session.Addresses.EnsureAsync(at, person.Id, isGroup: false, language);
    }

    private static async Task<bool> RaiseAsync(Session session, Address address, Role role)
    {
        if (address.Person is not { } id || await session.People.FindAsync(id) is not { } person || person.Role >= role)
            return false;
        await session.People.UpdateAsync(person with { Role = role });
        return true;
    }

    private static bool IsAddress(ChannelKind channel, string text) => channel switch
    {
        ChannelKind.Telegram => text.Split('/') is { Length: 1 or 2 } parts && parts.All(part => long.TryParse(
            part, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var id) && id != 0),
        _ => Guid.TryParse(text, out _) || (text.Length is > 7 and < 17 && text[0] == '+' && text.Skip(1).All(char.IsAsciiDigit))
            || text.StartsWith("group:", StringComparison.Ordinal),
    };
}
