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
    public static Command Create() => new("case", "Brings a case with its timeline in, takes it out, or changes it.")
    {
        Import(), Export(), CaseChangeCommand.Create(),
    };

    private static Command Import()
    {
        var path = new Argument<string>("file")
        {
            Description = "A JSON file: names, zone, jurisdictions, events; or CSV with many cases, a line each. '-' reads the standard input.",
        };
        var zone = new Option<string?>("--zone") { Description = "Of CSV: the time zone of cases that name none, e.g. Asia/Almaty." };
        var laws = new Option<string?>("--laws") { Description = "Of CSV: whose law applies to cases that name none: KZ,CIS." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var again = new Option<bool>("--again") { Description = "Open it even when there is a case with the same names." };
        var command = new Command("import", "Opens a case from a file and prints its code.") { path, again, json, zone, laws };
        command.SetAction(async (parsed, ct) =>
        {
            var file = parsed.GetRequiredValue(path);
            if (Files.TryRead(file, out var text) is { } unreadable)
                return Output.Refuse(unreadable);
            if (CaseTable.IsTable(text))
                return await new CaseTable(file, parsed.GetValue(again), parsed.GetValue(json)).RunAsync(
                    text, parsed.GetValue(zone) ?? "", parsed.GetValue(laws) ?? "", ct);
            var (read, mistake) = CaseDocument.Parse(text);
            if (read is not { } document)
                return Output.Refuse($"{file}: {mistake}");

            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
                var import = new ImportCase(
                    new CaseWatch(ground.Law, ground.Policies.Reminders, ground.Policies.Questions), ground.Law, new OpenCase(),
                    new TellReminders(new Alerts(ground.Texts), new WhatMustBeDone(ground.Law, ground.Texts)));
                if (!parsed.GetValue(again) && await import.TwinOfAsync(session, document) is { } twin)
                    return Output.Refuse($"{file}: there is a case of the same names already: {twin}; --again opens another");
                var (opened, problem) = await import.RunAsync(session, document);
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
        command.SetAction(async (parsed, ct) =>
        {
            if (!CaseCode.TryParse(parsed.GetRequiredValue(code), out var asked))
                return Output.Misuse(NoCode(parsed.GetRequiredValue(code)));

            return await Output.WithStorageAsync(async (_, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(ct);
                if (await session.Cases.FindAsync(asked, withDetail: true) is not { } file)
                    return Output.Refuse($"there is no case {asked}");

                Output.Line(CaseDocument.Write(file, await session.Cases.NamesAsync(file.Id)));
                await session.Audit.AddAsync(null, AuditAct.CaseExported, file.Id.Value);
                await session.CommitAsync(ct);
                return CommandLine.Done;
            }, ct);
        });
        return command;
    }

    internal static string NoCode(string text) => $"'{text}' is no case code: it looks like K-7F3Q";
}
