using System.CommandLine;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Deadlines;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>case change</c>: what a case was opened with is put right. Names come from the standard input, never from the command line.</summary>
internal static class CaseChangeCommand
{
    public static Command Create()
    {
        var code = new Argument<string>("code") { Description = "Of the case, e.g. K-7F3Q." };
        var zone = new Option<string?>("--zone") { Description = "Where it is, e.g. Asia/Almaty." };
        var laws = new Option<string?>("--laws") { Description = "Whose law applies, with commas: KZ,CIS." };
        var names = new Option<bool>("--names") { Description = "Reads further spellings of the name from the standard input, one a line." };
        var newCode = new Option<bool>("--new-code") { Description = "Draws another code. The old one still finds the case." };
        var command = new Command("change", "Puts right where a case is, whose law applies, how the name is spelled, its code. Followers hear it.")
        {
            code, zone, laws, names, newCode,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (!CaseCode.TryParse(parsed.GetRequiredValue(code), out var asked))
                return Output.Misuse(CaseCommand.NoCode(parsed.GetRequiredValue(code)));
            var place = parsed.GetValue(zone) is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
            if (place is null && parsed.GetValue(zone) is { } given)
                return Output.Misuse($"unknown time zone '{given}'{Nearest.Hint(given, DateTimeZoneProviders.Tzdb.Ids)}");
            var wanted = parsed.GetValue(laws)?.ToUpperInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var spelled = parsed.GetValue(names) ? await NamesAsync(ct) : [];
            if (place is null && wanted is not { Length: > 0 } && spelled.Count == 0 && !parsed.GetValue(newCode))
                return Output.Misuse("say what is to change: --zone, --laws, --names or --new-code");

            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
                var alerts = new Alerts(ground.Texts);
                var change = new ChangeCase(
                    new CaseWatch(ground.Law, ground.Policies.Reminders, ground.Policies.Questions), ground.Law, alerts,
                    new TellReminders(alerts, new WhatMustBeDone(ground.Law, ground.Texts)));
                var (look, problem) = await change.RunAsync(session, asked, new CaseChange(spelled, place, wanted)
                {
                    NewCode = parsed.GetValue(newCode),
                });
                if (look is null)
                    return Output.Refuse(problem ?? $"there is no case {asked}");

                await session.CommitAsync(ct);
                Output.Line($"{look.File.Code}: {look.Diff.Moved.Count} dates moved, {look.Diff.Added.Count} new, {look.Diff.Ended.Count} ended");
                return CommandLine.Done;
            }, ct);
        });
        return command;
    }

    private static async Task<List<PersonName>> NamesAsync(CancellationToken ct)
    {
        var names = new List<PersonName>();
        while (await Console.In.ReadLineAsync(ct) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                names.Add(new PersonName(line.Trim()));
        }

        return names;
    }
}
