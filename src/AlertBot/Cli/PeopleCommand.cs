using System.CommandLine;
using AlertBot.Workflows.People;

namespace AlertBot.Cli;

/// <summary><c>people import</c>: moves an existing list of people and groups in.</summary>
internal static class PeopleCommand
{
    public static Command Create() => new("people", "Brings existing lists of people in.") { Import() };

    private static Command Import()
    {
        var path = new Argument<string>("file") { Description = "CSV with the columns role,channel,address,language,cases; cases separated by ';'." };
        var command = new Command("import", "Adds the people and groups of a list; says for each line what it did.") { path };
        command.SetAction(async (parsed, ct) =>
        {
            if (Files.TryRead(parsed.GetRequiredValue(path), out var text) is { } unreadable)
                return Output.Refuse(unreadable);

            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                var import = new ImportPeople(new Handshake(ground.Texts), ground.Texts);
                var (done, bad) = (0, 0);
                foreach (var (line, fields) in Csv.Read(text))
                {
                    if (line == 1 && fields[0].Trim().Equals(ImportPeople.Columns[0], StringComparison.OrdinalIgnoreCase))
                        continue;

                    // A line at a time: a mistake in one does not keep the others out.
                    await using var session = await storage.Database.BeginAsync(ct);
                    var (isDone, sentence) = await import.LineAsync(session, fields);
                    if (isDone)
                        await session.CommitAsync(ct);
                    (done, bad) = isDone ? (done + 1, bad) : (done, bad + 1);
                    Output.Line($"line {line}: {sentence}");
                }

                Output.Line($"{done} done, {bad} refused");
                return bad == 0 ? CommandLine.Done : CommandLine.Failed;
            }, ct);
        });
        return command;
    }
}
