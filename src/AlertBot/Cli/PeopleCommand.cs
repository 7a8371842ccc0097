using System.CommandLine;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Importing;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>people import</c>: imports an existing list of people and groups.</summary>
internal static class PeopleCommand
{
    // A transaction costs more than a line, so a batch shares one.
    private const int Together = 100;
    private static readonly Duration InvitationsLast = Duration.FromDays(14);

    public static Command Create() => new("people", "Brings existing lists of people in.") { Import() };

    private static Command Import()
    {
        var path = new Argument<string>("file")
        {
            Description = "CSV with the columns role,channel,address,language,cases, in any order if the first line names them; cases separated by "
                + "';'. '-' reads the standard input.",
        };
        var command = new Command("import", "Adds the people and groups of a list; says for each line what it did.") { path };
        command.SetAction(async (parsed, ct) =>
        {
            if (Files.TryRead(parsed.GetRequiredValue(path), out var text) is { } unreadable)
                return Output.Refuse(unreadable);

            var table = CsvTable.Read(text, ImportPeople.Columns);
            if (table.Unknown.Count > 0)
                Output.Complain($"columns that are not read: {string.Join(", ", table.Unknown)}");
            return await Output.WithStorageAsync((ground, storage) => RunAsync(ground, storage, PeopleList.Of(table), ct), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(Ground ground, Storage storage, IReadOnlyList<PeopleLine> lines, CancellationToken ct)
    {
        using var links = new InviteLinks(ground);
        using var waiting = Waiting.BesideLines("adding people");
        var (import, tell) = (new ImportPeople(new Handshake(ground.Texts), ground.Texts), new TellImported(new Alerts(ground.Texts)));
        var (done, bad, invited) = (0, 0, 0);
        foreach (var some in lines.Chunk(Together))
        {
            foreach (var (line, result, code) in await ImportAsync(storage, import, tell, some, ct))
            {
                (done, bad) = result.Done ? (done + 1, bad) : (done, bad + 1);
                invited += code is null ? 0 : 1;
                var invitation = code is null ? "" : $": {await links.OfAsync(code, ct) ?? $"/start {code}"}";
                Output.Line($"line {line}: {result.Said.In(TextCatalog.FallbackLanguage, ground.Texts).Plain}{invitation}");
            }

            waiting.Has(done + bad, lines.Count);
        }

        if (invited > 0)
        {
            Output.Line(
                $"{invited} of them never wrote to the bot on Telegram, which lets no bot write first. Hand each their invitation above another way "
                + $"(it works once, for {InvitationsLast.TotalDays:0} days). Until they follow it, nobody relies on them.");
        }

        Output.Line($"{done} done, {bad} refused");
        return bad == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private static async Task<IReadOnlyList<(int Line, ImportedLine Result, string? Code)>> ImportAsync(
        Storage storage, ImportPeople import, TellImported tell, PeopleLine[] lines, CancellationToken ct)
    {
        try
        {
            return await TogetherAsync(storage, import, tell, lines, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && lines.Length > 1)
        {
            // One line of the batch cannot be written, and must not keep the others out.
            var each = new List<(int, ImportedLine, string?)>();
            foreach (var line in lines)
                each.AddRange(await ImportAsync(storage, import, tell, [line], ct));
            return each;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The failure's message may quote the line.
            return [(lines[0].Number, new ImportedLine(false, new Line("import.inside")), null)];
        }
    }

    private static async Task<IReadOnlyList<(int Line, ImportedLine Result, string? Code)>> TogetherAsync(
        Storage storage, ImportPeople import, TellImported tell, PeopleLine[] lines, CancellationToken ct)
    {
        var results = new List<(int, ImportedLine, string?)>();
        await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
        foreach (var line in lines)
        {
            var result = await import.LineAsync(session, line.Fields);
            var code = result.Invite is { } role ? await new InvitePerson().RunAsync(session, role, InvitationsLast) : null;
            results.Add((line.Number, result, code));
        }

        await tell.CameAsync(session, Guid.CreateVersion7(), null, results.Select(one => one.Item2.Made).OfType<ImportMade>().ToList());
        await session.CommitAsync(ct);
        return results;
    }
}
