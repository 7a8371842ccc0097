using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
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
    private static readonly IReadOnlyList<string> Roles = [.. Words.Of<Role>(), Group];

    /// <summary>Imports one line. A refused line writes nothing.</summary>
    public async Task<ImportedLine> LineAsync(Session session, IReadOnlyList<string> fields)
    {
        string Field(int index) => index < fields.Count ? fields[index].Trim() : "";
        var count = fields.Count - fields.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();
        if (count < 3 || count > Columns.Count)
            return Refused($"{count} fields instead of {string.Join(",", Columns)}");
        var isGroup = Field(0).Equals(Group, StringComparison.OrdinalIgnoreCase);
        if (Words.Read<Role>(Field(0)) is not { } role)
        {
            if (!isGroup)
                return Refused($"unknown role '{Field(0)}'{Nearest.Hint(Field(0), Roles)}: use {Words.Either(Roles)}");
            role = Role.Reporter;
        }

        if (Words.Read<ChannelKind>(Field(1)) is not { } channel)
            return Refused($"unknown channel '{Field(1)}': use {Words.Either(Words.Of<ChannelKind>())}");
        if (WrittenAddress.Read(channel, Field(2)) is not { } at)
            return Refused(channel == ChannelKind.Telegram ? "the address is no Telegram chat id" : "the address is no Signal number or uuid");
        if (isGroup && channel == ChannelKind.Telegram && !WrittenAddress.IsGroup(at))
            return Refused("the chat id is that of a person: a group's begins with '-'");
        if (Field(3).Length > 0 && !texts.Languages.Understands(Field(3)))
            return Refused($"unknown language '{Field(3)}': use {Words.Either(texts.Languages.Select(one => one.Code).ToList())}, or leave it empty");

        var cases = new List<CaseFile>();
        foreach (var text in Field(4).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!CaseCode.TryParse(text, out var code) || await session.Cases.FindAsync(code) is not { } file)
                return Refused($"there is no case '{text}'");
            cases.Add(file);
        }

        return await WriteAsync(session, at, isGroup || WrittenAddress.IsGroup(at), role, texts.Languages.Choose(Field(3)), cases);
    }

    private static ImportedLine Refused(string why) => new(false, why);

    private async Task<ImportedLine> WriteAsync(
        Session session, ChannelAddress at, bool isGroup, Role role, string language, IReadOnlyList<CaseFile> cases)
    {
        var known = await session.Addresses.FindAsync(at);
        var address = known ?? await AddAsync(session, at, isGroup, role, language);
        var isAsked = await AskAsync(session, address);
        var raised = await RaiseAsync(session, address, role);
        var subscribed = 0;
        foreach (var file in cases)
            subscribed += await session.Subscriptions.AddAsync(file.Id, address.Id, null) ? 1 : 0;
        await session.Audit.AddAsync(null, new AuditAct("people.import"), address.Id.Value, isGroup ? Group : Words.Snake(role.ToString()));

        var isUnconfirmed = isAsked || address.IsUnconfirmed;
        return new ImportedLine(true, $"{(known is null ? "added" : raised ? "role raised" : "was there")}, {subscribed} new subscriptions"
            + (isUnconfirmed ? ", not confirmed yet" : ""))
        {
            Invite = isUnconfirmed && at.Channel == ChannelKind.Telegram ? role : null,
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

    private static async Task<bool> RaiseAsync(Session session, Address address, Role role)
    {
        if (address.Person is not { } id || await session.People.FindAsync(id) is not { } person || person.Role >= role)
            return false;
        await session.People.UpdateAsync(person with { Role = role });
        return true;
    }
}

/// <summary>The result of one line of a list.</summary>
/// <param name="Sentence">What was done, or what is wrong with it.</param>
public sealed record ImportedLine(bool Done, string Sentence)
{
    /// <summary>
    /// The role for an invitation by link, which must reach the person another way, because the bot may not write to them first. Null if none is
    /// needed.
    /// </summary>
    public Role? Invite { get; init; }
}
