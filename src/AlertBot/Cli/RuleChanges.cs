using System.CommandLine;
using AlertBot.Domain.Law;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Law;

namespace AlertBot.Cli;

/// <summary><c>rules changes</c>: what a changed catalogue would do to dates that people were told.</summary>
internal static class RuleChanges
{
    public static Command Create()
    {
        var law = new Option<string?>("--law") { Description = "The folder of the changed catalogue. Default: law in the folder of settings." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("changes", "Which stored dates of which cases a changed catalogue would move, before it is switched on.")
        {
            law, json,
        };
        command.SetAction((parsed, ct) => Output.WithStorageAsync(async (ground, storage) =>
        {
            var book = ground.Law;
            if (parsed.GetValue(law) is { } folder)
            {
                var read = LawFolder.Load(folder);
                Output.Report(read.Problems);
                if (read.Book.Rules.Count == 0)
                    return Output.Refuse($"{folder}: no rule could be read there");
                book = read.Book;
            }

            await using var session = await storage.Database.BeginAsync(ct);
            var found = (await new LawPreview(book).RunAsync(session)).SelectMany(one =>
                one.Diff.Moved.Select(moved => new RuleChange(
                        one.File.Code.Text, "moved", moved.To.RuleId, Ends(moved.From.Limit), Ends(moved.To.Limit)))
                    .Concat(one.Diff.Added.Select(added => new RuleChange(one.File.Code.Text, "new", added.RuleId, null, Ends(added.Limit))))
                    .Concat(one.Diff.Ended.Select(ended => new RuleChange(
                        one.File.Code.Text, "ended", ended.Deadline.RuleId, Ends(ended.Deadline.Limit), null)))).ToList();
            if (parsed.GetValue(json))
                Output.Json(found);
            else if (found.Count == 0)
                Output.Line("No date of any open case would change.");
            else
                found.ForEach(one => Output.Line(
                    $"{one.Case}  {one.What,-5}  {one.Rule,-28} {(one.Before is { } before ? $"{before.Earliest} / {before.Latest}" : "-"),-36} -> "
                    + (one.After is { } after ? $"{after.Earliest} / {after.Latest}" : "-")));
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static BothEnds Ends(Limit limit) => new(limit.Earliest.LocalText, limit.Latest.LocalText);

    private sealed record BothEnds(string Earliest, string Latest);

    private sealed record RuleChange(string Case, string What, string Rule, BothEnds? Before, BothEnds? After);
}
