using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// Reads, does and takes back imports, some lines in each transaction, as the person who wanted it. A program that ends in the middle goes on
/// where it stopped, on whichever node.
/// </summary>
public sealed partial class ImportWorker(
    Database database, ReadImport read, UndoImport undo, TellImported tell, Wakeups wakeups, TimeProvider time, ILogger<ImportWorker> logger)
{
    // A page that shows how far it is moves on several times a second.
    private const int Together = 25;

    // A file that ends the program as often, one time after the other, is not tried again.
    private const int MostAttempts = 3;

    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var news = wakeups.Next(Wakeups.Imports);
            ImportId? current = null;
            try
            {
                while (await StepAsync(import => current = import, ct))
                    current = null;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                await EndAttemptAsync(current);
                return;
            }
            catch (Exception failure)
            {
                LogStopped(current?.Value, failure.GetType().Name);
                await GiveUpAsync(current, failure, ct);
                await EndAttemptAsync(current);
                await Task.Delay(Rest, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await Task.WhenAny(news, Task.Delay(LookAnyway, time, ct));
        }
    }

    /// <returns>False when there is nothing to do.</returns>
    private async Task<bool> StepAsync(Action<ImportId> takes, CancellationToken ct)
    {
        if (await BeginAttemptAsync(ct) is not { } id)
            return false;
        takes(id);
        await using var session = await database.BeginAsync(ct);
        if (await session.Imports.TakeAsync(id) is not { } import)
            return true;

        var by = import.State switch
        {
            ImportState.Reading => import.MadeBy,
            ImportState.Running => import.BegunBy ?? import.MadeBy,
            _ => import.UndoneBy ?? import.MadeBy,
        };
        // A phone that is frozen in the meantime brings in nothing more.
        if (import.Attempts > MostAttempts)
            await FailAsync(session, import, new Line("import.gave-up"));
        else if (await session.People.FindAsync(by) is not { } person || !person.MayActAs(Role.Coordinator))
            await FailAsync(session, import, new Line("import.stopped"));
        else if (import.State == ImportState.Undoing)
            await UndoAsync(session.As(Actor.Of(person)), import, ct);
        else
            await DoAsync(session.As(Actor.Of(person)), import, ct);
        await session.Imports.EndAttemptAsync(id);
        await session.CommitAsync(ct);
        return true;
    }

    // Written before anything of the file is looked at: a program that is ended by it could write nothing after.
    private async Task<ImportId?> BeginAttemptAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        await session.Imports.WipeAsync(session.Now - StartImport.Kept);
        var import = await session.Imports.TakeAsync();
        if (import is not null)
            await session.Imports.BeginAttemptAsync(import.Id);
        await session.CommitAsync(ct);
        return import?.Id;
    }

    // Whatever went wrong, the program goes on, or ends in good order.
    private async Task EndAttemptAsync(ImportId? import)
    {
        if (import is not { } id)
            return;
        try
        {
            await using var session = await database.BeginAsync(CancellationToken.None);
            await session.Imports.EndAttemptAsync(id);
            await session.CommitAsync(CancellationToken.None);
        }
        catch (Exception outage)
        {
            // The next attempt that succeeds ends the count.
            LogStopped(id.Value, outage.GetType().Name);
        }
    }

    private async Task DoAsync(Session session, Import import, CancellationToken ct)
    {
        if (import.IsDamaged)
        {
            LogStopped(import.Id.Value, nameof(import.IsDamaged));
            await FailAsync(session, import, new Line("import.inside"));
            return;
        }

        if (await session.Imports.FileAsync(import.Id) is not { } file)
        {
            await FailAsync(session, import, new Line("import.gone"));
            return;
        }

        var plan = read.Read(import, file, session.Now);
        if (plan.Problem is { } problem)
        {
            await FailAsync(session, import, problem);
            return;
        }

        var isLook = import.State == ImportState.Reading;
        var seen = isLook ? await SeenAsync(session, import, plan) : [];
        var place = import.Done;
        foreach (var row in plan.Rows.Skip(import.Done).Take(Together))
        {
            var came = await RowAsync(session, row, isLook, ct);
            if (isLook && came.Outcome == ImportOutcome.Adds && row.Key is { } key && !seen.TryAdd(key, row.Number))
                came = ImportedRow.There("import.same-line", ("line", seen[key]));
            var said = ImportWords.Write(isLook ? came.Before ?? came.Said : came.Said);
            await session.Imports.SaveLineAsync(import.Id, place++, row.Number, came.Outcome, said, isLook ? null : came.Made);
        }

        await session.Imports.SetProgressAsync(
            import.Id, plan.Rows.Count, place, plan.Notice is null ? null : ImportWords.Write(plan.Notice));
        if (place < plan.Rows.Count)
            return;
        await session.Imports.GoOnAsync(import.Id, import.State, isLook ? ImportState.Ready : ImportState.Done);
        if (!isLook)
            await tell.CameAsync(session, import);
    }

    // A look does what would be done, and takes it back at once.
    private async Task<ImportedRow> RowAsync(Session session, ImportRow row, bool isLook, CancellationToken ct)
    {
        ImportedRow? came = null;
        var failure = await session.TryAsync(
            async () =>
            {
                came = await row.Do(session);
                if (isLook || came.Outcome == ImportOutcome.Refused)
                    throw new OnlyLookedException();
            },
            ct);
        if (failure is null or OnlyLookedException)
            return came!;

        // Its message may quote the line.
        LogLine(failure.GetType().Name);
        return ImportedRow.Refused("import.inside");
    }

    // Lines before these that would add something, by what they bring.
    private static async Task<Dictionary<string, int>> SeenAsync(Session session, Import import, ImportPlan plan)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        if (import.Done == 0)
            return seen;
        foreach (var place in await session.Imports.PlacesAsync(import.Id, ImportOutcome.Adds))
        {
            if (place < plan.Rows.Count && plan.Rows[place] is { Key: { } key } row)
                seen.TryAdd(key, row.Number);
        }

        return seen;
    }

    private async Task UndoAsync(Session session, Import import, CancellationToken ct)
    {
        var lines = await session.Imports.ToUndoAsync(import.Id, Together);
        var isForeign = await StartImport.IsOfSuspendedAsync(session, import);
        foreach (var line in lines)
        {
            ImportStays? stays = null;
            var failure = await session.TryAsync(
                async () =>
                {
                    if ((stays = await undo.RunAsync(session, line, isForeign)) is not null)
                        throw new OnlyLookedException();
                },
                ct);
            // What refuses to go has something hanging on it.
            await session.Imports.MarkUndoneAsync(line.Id, failure is null or OnlyLookedException ? stays : ImportStays.Used);
        }

        await session.Imports.SetProgressAsync(import.Id, import.Lines, Math.Min(import.Lines, import.Done + lines.Count), null);
        if (lines.Count >= Together)
            return;
        await session.Imports.GoOnAsync(import.Id, ImportState.Undoing, ImportState.Undone);
        await tell.GoneAsync(session, import);
    }

    private async Task FailAsync(Session session, Import import, Line why)
    {
        await session.Imports.FailAsync(import.Id, ImportWords.Write(why));
        // What was done before stays.
        if (import.State == ImportState.Running)
            await tell.CameAsync(session, import);
    }

    // One import that cannot go on keeps no other waiting. A database that is away comes back, and then it goes on.
    private async Task GiveUpAsync(ImportId? import, Exception failure, CancellationToken ct)
    {
        if (import is not { } id || failure is NpgsqlException { IsTransient: true } || ct.IsCancellationRequested)
            return;
        try
        {
            await using var session = await database.BeginAsync(ct);
            if (await session.Imports.FindAsync(id) is { } broken)
                await FailAsync(session, broken, new Line("import.inside"));
            await session.CommitAsync(ct);
        }
        catch (Exception again) when (!ct.IsCancellationRequested)
        {
            LogStopped(id.Value, again.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Error, "The import {ImportId} could not go on ({Failure})")]
    private partial void LogStopped(Guid? importId, string failure);

    [LoggerMessage(LogLevel.Warning, "A line of an import could not be written ({Failure})")]
    private partial void LogLine(string failure);

    private sealed class OnlyLookedException : Exception;
}
