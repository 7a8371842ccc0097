using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// A coordinator brings in a file, sees what would come of it, and lets it be done, drops it, or takes it back. All coordinators hear of it: a
/// phone in other hands can bring in files too.
/// </summary>
public sealed class StartImport(InvitePerson invite, Alerts alerting)
{
    /// <summary>So long the file and all words of it are kept, whatever becomes of it.</summary>
    public static readonly Duration Kept = Duration.FromHours(24);

    /// <summary>So long any coordinator may take back people of a list; after it only an owner: by then others rely on them.</summary>
    public static readonly Duration TakenBackByAny = Duration.FromHours(24);

    /// <summary>So long an invitation of an import works.</summary>
    public static readonly Duration InvitationsLast = Duration.FromDays(14);

    private const int MostInvitations = 500;

    /// <returns>Null when the actor may not, or the file is too large.</returns>
    public async Task<ImportId?> BringAsync(Session session, ImportKind kind, byte[] file, ImportChoices choices)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || session.Actor.Id is not { } by || file.Length > ReadImport.MostBytes)
            return null;

        var id = await session.Imports.AddAsync(kind, file, choices, by);
        await session.Audit.AddAsync(by, new AuditAct("import.bring"), id.Value, Configuration.Words.Snake(kind.ToString()));
        return id;
    }

    /// <summary>Lets it be done as it was shown.</summary>
    /// <returns>False when the actor may not, or somebody was faster.</returns>
    public async Task<bool> RunAsync(Session session, ImportId id)
    {
        if (!MayAct(session, out var by) || await session.Imports.FindAsync(id) is not { } import
            || !await session.Imports.GoOnAsync(id, ImportState.Ready, ImportState.Running, by))
            return false;

        await session.Audit.AddAsync(by, AuditAct.ImportBegun, id.Value, Configuration.Words.Snake(import.Kind.ToString()));
        var counts = await session.Imports.CountsAsync(id);
        await TellAsync(session, import, "import.told", counts.GetValueOrDefault(ImportOutcome.Adds));
        return true;
    }

    /// <returns>False when something came of it already.</returns>
    public async Task<bool> DropAsync(Session session, ImportId id)
    {
        if (!MayAct(session, out var by) || !await session.Imports.GoOnAsync(id, ImportState.Ready, ImportState.Dropped, by))
            return false;

        await session.Audit.AddAsync(by, new AuditAct("import.drop"), id.Value);
        return true;
    }

    /// <summary>
    /// Whether the actor may take it back. People whom a phone in other hands brought in, any colleague takes away at once, for a day, or for as long
    /// as one looks at what a suspended phone did; cases and hearings only whoever let them be written, or an owner: without them their dates pass
    /// unseen.
    /// </summary>
    public static async Task<bool> MayUndoAsync(Session session, Import import)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || import.BegunAt is not { } at)
            return false;
        return session.Actor.MayActAs(Role.Owner)
            || (import.Kind == ImportKind.People
                ? session.Now < at + TakenBackByAny || (session.Now < at + WhatAPhoneDid.Within && await IsOfSuspendedAsync(session, import))
                : session.Actor.Id == import.BegunBy);
    }

    /// <summary>Whether somebody let it be done who is suspended now: the phone may have been in other hands then.</summary>
    internal static async Task<bool> IsOfSuspendedAsync(Session session, Import import) =>
        await session.People.FindAsync(import.BegunBy ?? import.MadeBy) is { IsFrozen: true };

    /// <summary>Takes back all that it added, but for what was used or changed since.</summary>
    /// <returns>False when the actor may not, or there is nothing to take back.</returns>
    public async Task<bool> UndoAsync(Session session, ImportId id)
    {
        if (!MayAct(session, out var by) || await session.Imports.FindAsync(id) is not { BegunAt: not null } import
            || !await MayUndoAsync(session, import)
            || !(await session.Imports.GoOnAsync(id, ImportState.Done, ImportState.Undoing, by)
                || await session.Imports.GoOnAsync(id, ImportState.Failed, ImportState.Undoing, by)
                // What stayed before anybody knew in whose hands the phone was goes now.
                || (await IsOfSuspendedAsync(session, import) && await session.Imports.TryStayingAgainAsync(id)
                    && await session.Imports.GoOnAsync(id, ImportState.Undone, ImportState.Undoing, by))))
            return false;

        await session.Audit.AddAsync(by, new AuditAct("import.undo"), id.Value);
        await TellAsync(session, import, "import.told-undo", (await session.Imports.CountsAsync(id)).GetValueOrDefault(ImportOutcome.Adds));
        return true;
    }

    /// <summary>
    /// Makes an invitation for everybody whose account waits for an answer. Those made before for the same people end. The codes are shown once and
    /// kept nowhere.
    /// </summary>
    /// <returns>The lines of the file with their codes; null for a line whose role the actor may not give.</returns>
    public async Task<IReadOnlyList<(int Line, string? Code)>> InviteAsync(Session session, ImportId id)
    {
        if (!MayAct(session, out _))
            return [];

        var codes = new List<(int, string?)>();
        foreach (var line in await session.Imports.ToInviteAsync(id, MostInvitations))
        {
            if (line.Made?.Invite is not { } role)
                continue;
            var made = await invite.MakeAsync(session, role, InvitationsLast);
            if (made is var (code, invitation))
            {
                if (line.Invite is { } before)
                    await session.Invites.UndoAsync(before);
                await session.Imports.SetInviteAsync(line.Id, invitation);
                codes.Add((line.Number, code));
            }
            else
            {
                codes.Add((line.Number, null));
            }
        }

        return codes;
    }

    private static bool MayAct(Session session, out PersonId by)
    {
        by = session.Actor.Id ?? default;
        return session.Actor.Id is not null && session.Actor.MayActAs(Role.Coordinator);
    }

    private async Task TellAsync(Session session, Import import, string key, int count)
    {
        var draft = new AlertDraft(
            null, AlertKind.Imported, Severity.Urgent, $"{key}:{import.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line(
                key, ("kind", import.Kind), ("count", count), ("role", session.Actor.Person?.Role ?? Role.Owner),
                ("sign", session.Actor.Person?.Shown ?? "–")))
        {
            Needs = Role.Coordinator,
        };
        var others = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != session.Actor.Id).ToList();
        await alerting.RaiseAsync(session, draft, others);
    }
}
