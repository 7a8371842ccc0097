using System.CommandLine;
using AlertBot.Domain.Names;
using AlertBot.Postgres;
using AlertBot.Workflows.Names;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Cli;

/// <summary><c>names rank</c> and <c>names match</c>: measure and try the matching of names.</summary>
internal static class NamesCommand
{
    private const int MostShown = 10;

    public static Command Create() => new("names", "Finds the person behind any spelling.") { Rank(), Match() };

    private static Command Rank()
    {
        var registry = new Option<string>("--registry")
        {
            Required = true,
            Description = "Tab-separated: canonical_id, canonical_name; with a heading line.",
        };
        var queries = new Option<string>("--queries") { Required = true, Description = "Tab-separated: query_id, query, ...; with a heading line." };
        var command = new Command("rank", "Prints for each query who may be meant, best first: query_id, ID=score, ...") { registry, queries };
        command.SetAction(parsed =>
        {
            if (Files.TryRead(parsed.GetRequiredValue(registry), out var known) is { } noRegistry)
                return Output.Refuse(noRegistry);
            if (Files.TryRead(parsed.GetRequiredValue(queries), out var asked) is { } noQueries)
                return Output.Refuse(noQueries);

            try
            {
                NamesFiles.Rank(new StringReader(known), new StringReader(asked), Console.Out);
                return CommandLine.Done;
            }
            catch (FormatException mistake)
            {
                return Output.Refuse(mistake.Message);
            }
        });
        return command;
    }

    private static Command Match()
    {
        var text = new Argument<string>("text") { Description = "A name, or a sentence with one in it." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("match", "Shows the cases that may be meant, with the reasons. Codes only.") { text, json };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(
            async (_, storage) =>
            {
                var wakeups = new Wakeups(storage.Database.Source, TimeProvider.System, NullLogger<Wakeups>.Instance);
                using var registry = new NameRegistry(
                    storage.Database, wakeups, TimeProvider.System, NullLogger<NameRegistry>.Instance);
                var found = (await registry.FindAsync(parsed.GetRequiredValue(text), MostShown, ct))
                    .Where(match => match.Band != NameBand.No).ToList();

                await using var session = await storage.Database.BeginAsync(ct);
                var codes = (await session.Cases.LoadAsync(found.Select(match => match.Id).ToList())).ToDictionary(
                    file => file.Id, file => file.Code.Text);
                if (parsed.GetValue(json))
                {
                    Output.Json(found.Select(match => new
                    {
                        code = codes[match.Id],
                        match.Score,
                        match.Band,
                        why = match.Reasons.Select(reason => reason.ToString()),
                    }));
                }
                else if (found.Count == 0)
                    Output.Line("No registered name is like this.");
                else
                    found.ForEach(
                        match => Output.Line($"{codes[match.Id]}  {match.Score:0.00}  {match.Band,-8}  {string.Join(", ", match.Reasons)}"));
                return CommandLine.Done;
            },
            ct));
        return command;
    }
}
