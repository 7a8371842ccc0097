using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Shows the colleague who suspended a person what that account did in the last seven days, since somebody else may have done some of it. Acts that
/// can be undone have a button.
/// </summary>
public sealed class WhatAPhoneDid(IEnumerable<IUndo> undos, TextCatalog texts)
{
    /// <summary>The prefix of the buttons.</summary>
    public const string Press = "undo";

    private const int Most = 30;
    private const int MostRead = 100;
    private const int MostBroughtIn = 20;
    private const int PerRow = 4;

    /// <summary>How far back it looks.</summary>
    public static readonly Duration Within = Duration.FromDays(7);

    // A case is shown by its code only: the colleague knows the person, or looks it up.
    private static readonly AuditAct[] Shown =
    [
        AuditAct.InviteMade, AuditAct.CaseLinked, AuditAct.CaseUnlinked, AuditAct.CaseFollowed, AuditAct.CaseUnfollowed, AuditAct.CaseRead,
        AuditAct.IncidentRead, AuditAct.FileRead, AuditAct.CaseEventRecorded, AuditAct.CaseOpened, AuditAct.IncidentClosed,
        AuditAct.IncidentFalseAlarm, AuditAct.IncidentJoined, AuditAct.IncidentVerified, AuditAct.IncidentCorrected, AuditAct.IncidentAttached,
        AuditAct.PersonFrozen, AuditAct.PersonUnfrozen, AuditAct.RoleChanged, AuditAct.AccountJoined, AuditAct.ImportBegun, AuditAct.TokenMade,
        AuditAct.WebhookAdded,
    ];

    /// <returns>Null if there is nothing to show.</returns>
    public async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Undo)?> OfAsync(Session session, PersonId whom, Person reader)
    {
        var acts = await session.Audit.ByAsync(whom, session.Now - Within, Shown);
        var lines = new List<RichText> { texts.Say(reader.Language, "freeze.did", ("sign", PersonSign.Of(whom))) };
        var codes = await CodesAsync(session, acts);
        var read = acts.Where(IsReading).Select(act => CodeOf(act, codes)).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostRead).ToList();
        if (read.Count > 0)
            lines.Add(texts.Say(reader.Language, "freeze.did-read", ("codes", string.Join(", ", read))));
        var (number, buttons) = (0, new List<Choice>());
        foreach (var act in acts.Where(act => !IsReading(act)).Take(Most))
        {
            number++;
            lines.Add(texts.Say(
                reader.Language, "freeze.did-line", ("number", number), ("at", act.At.InZone(reader.Zone)),
                ("act", act.Act.Code.Replace('.', '-')), ("what", await WhatAsync(session, act, codes))));
            // A token ended with the suspension.
            if (undos.Any(undo => undo.Acts.Contains(act.Act)))
                buttons.Add(new Choice(texts.Plain(reader.Language, "freeze.undo", ("number", number)), $"{Press}:{act.Id}"));
        }

        return lines.Count == 1 ? null : (RichText.Join("\n", lines), buttons.Chunk(PerRow).ToList());
    }

    /// <summary>Undoes one act of a suspended person.</summary>
    /// <returns>False if the actor may not, if it was undone before, or if the person is not suspended.</returns>
    public async Task<bool> UndoAsync(Session session, long id) =>
        session.Actor.MayActAs(Role.Coordinator)
        && await session.Audit.FindAsync(id) is { PersonId: { } by } act
        && await session.People.FindAsync(new PersonId(by)) is { IsFrozen: true }
        && undos.FirstOrDefault(undo => undo.Acts.Contains(act.Act)) is { } undo
        && await undo.RunAsync(session, act);

    private static bool IsReading(AuditEntry act) => act.Act == AuditAct.CaseRead || act.Act == AuditAct.IncidentRead || act.Act == AuditAct.FileRead;

    private static async Task<string> WhatAsync(Session session, AuditEntry act, IReadOnlyDictionary<Guid, string> codes)
    {
        if (act.Act == AuditAct.InviteMade && act.Subject is { } invite && await session.Invites.FindAsync(invite) is { } made)
            return made.UsedBy is { } guest ? PersonSign.Of(guest) : made.IsUndone ? "✕" : "–";
        if (act.Act == AuditAct.ImportBegun && act.Subject is { } import)
            return await BroughtInAsync(session, new ImportId(import));
        if (act.Act == AuditAct.TokenMade)
            return "✕";
        if (act.Act == AuditAct.WebhookAdded && act.Subject is { } webhook)
            return (await session.Webhooks.FindAsync(new WebhookId(webhook)))?.Url.Host ?? "✕";
        if (act.Act.Code.StartsWith("person.", StringComparison.Ordinal) && act.Subject is { } person)
            return PersonSign.Of(new PersonId(person));
        var code = CodeOf(act, codes) ?? "";
        return (act.Act == AuditAct.CaseLinked || act.Act == AuditAct.CaseUnlinked) && Guid.TryParseExact(act.Detail, "N", out var group)
            ? $"{code} · {await session.Addresses.TitleAsync(new AddressId(group)) ?? "–"}"
            : code;
    }

    // Each line of a list is in the audit log as well; a list would hide everything else behind itself.
    private static async Task<string> BroughtInAsync(Session session, ImportId id)
    {
        var made = await session.Imports.MadeAsync(id);
        if (made.Count == 0)
            return "✕";
        var people = made.Where(one => one is { Person: not null, Role: >= Role.Advocate })
            .Select(one => PersonSign.Of(new PersonId(one.Person!.Value))).Distinct(StringComparer.Ordinal).ToList();
        return people.Count == 0
            ? made.Count.ToString(CultureInfo.InvariantCulture)
            : string.Join(", ", people.Take(MostBroughtIn)) + (people.Count > MostBroughtIn ? ", …" : "");
    }

    private static string? CodeOf(AuditEntry act, IReadOnlyDictionary<Guid, string> codes) =>
        act.Subject is { } subject ? codes.GetValueOrDefault(subject) : null;

    private static async Task<IReadOnlyDictionary<Guid, string>> CodesAsync(Session session, IReadOnlyList<AuditEntry> acts)
    {
        var subjects = acts.Select(act => act.Subject).OfType<Guid>().Distinct().ToList();
        var cases = await session.Desk.CodesAsync(subjects.Select(id => new CaseId(id)));
        var incidents = await session.Desk.CodesAsync(subjects.Select(id => new IncidentId(id)));
        return cases.Select(pair => KeyValuePair.Create(pair.Key.Value, pair.Value.Text))
            .Concat(incidents.Select(pair => KeyValuePair.Create(pair.Key.Value, pair.Value))).ToDictionary();
    }
}
