using System.CommandLine;
using AlertBot.Domain.People;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>invite</c>: makes a one-use invitation to a role. The first owner is invited this way.</summary>
internal static class InviteCommand
{
    public static Command Create()
    {
        var role = Values.Word<Role>("--role", "");
        var hours = Values.Whole("--hours", "How long it can be used.", from: 1, to: 24 * 30, usual: 48);
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("invite", "Prints a one-use invitation: its code, and a link that opens the bot with it.") { role, hours, json };
        command.SetAction(async (parsed, ct) =>
            await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
                var code = await new InvitePerson().RunAsync(
                    session, parsed.GetValue(role), Duration.FromHours(parsed.GetValue(hours)));
                await session.CommitAsync(ct);

                using var links = new InviteLinks(ground);
                var link = await links.OfAsync(code!, ct);
                if (parsed.GetValue(json))
                    Output.Json(new { code, link });
                else
                    Output.Line(link is null ? $"/start {code}" : $"{link}\n/start {code}");
                return CommandLine.Done;
            }, ct));
        return command;
    }
}
