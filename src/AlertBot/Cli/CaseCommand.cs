using System.CommandLine;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Deadlines;

namespace AlertBot.Cli;

/// <summary><c>case import</c> and <c>case export</c>.</summary>
internal static class CaseCommand
{
    public static Command Create() => new("case", "Brings a case with its timeline in, or takes it out.") { Import(), Export() };

    private static Command Import()
    {
        var path = new Argument<string>("file") { Description = "A JSON file: names, zone, jurisdictions, events. '-' reads the standard input." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("import", "Opens a case from a file and prints its code.") { path, json };
        command.SetAction(async (parsed, ct) =>
        {
            var file = parsed.GetRequiredValue(path);
            if (Files.TryRead(file, out var text) is { } unreadable)
                return Output.Refuse(unreadable);
            if (CaseDocument.Parse(text) is not { Document: { } document } broken)
                return Output.Refuse($"{file}: {CaseDocument.Parse(text).Problem}");

            _ = broken;
            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(ct);
                var import = new ImportCase(
                    new CaseWatch(ground.Law, ground.Policies.Reminders), ground.Law, new OpenCase(), new Alerts(ground.Texts));
                var (opened, problem) = await import.RunAsync(session, document, Actor.Operator);
                if (opened is null)
                    return Output.Refuse($"{file}: {problem}");

                await session.CommitAsync(ct);
                if (parsed.GetValue(json))
                    Output.Json(new { code = opened.Code.Text });
                else
                    Output.Line(opened.Code.Text);
                return CommandLine.Done;
            }, ct);
        });
        return command;
    }

    private static Command Export()
    {
        var code = new Argument<string>("code") { Description = "Of the case, e.g. K-7F3Q." };
        var command = new Command("export", "Prints a case with its timeline as JSON. It holds names: keep it like the key.") { code };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (_, storage) =>
        {
            await using var session = await storage.Database.BeginAsync(ct);
            if (!CaseCode.TryParse(parsed.GetValue(code), out var asked) || await session.Cases.FindAsync(asked, withDetail: true) is not { } file)
                return Output.Refuse("there is no such case");

            Output.Line(CaseDocument.Write(file, await session.Cases.NamesAsync(file.Id)));
            await session.Audit.AddAsync(null, new AuditAct("case.export"), file.Id.Value);
            await session.CommitAsync(ct);
            return CommandLine.Done;
        }, ct));
        return command;
    }
}
