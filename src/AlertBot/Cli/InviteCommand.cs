using System.CommandLine;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.People;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>invite</c>: a one-use invitation to a role; the first owner comes in this way.</summary>
internal static class InviteCommand
{
    public static Command Create()
    {
        var role = new Option<Role>("--role") { Required = true, Description = "reporter, advocate, coordinator or owner." };
        var hours = new Option<int>("--hours") { Description = "How long it can be used.", DefaultValueFactory = _ => 48 };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("invite", "Prints a one-use invitation: its code, and a link that opens the bot with it.") { role, hours, json };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(hours) is < 1 or > 24 * 30)
                return Output.Refuse("--hours is a number from 1 to 720");

            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
                var code = await new InvitePerson().RunAsync(
                    session, parsed.GetValue(role), Duration.FromHours(parsed.GetValue(hours)));
                await session.CommitAsync(ct);

                using var log = Output.QuietLog();
                using var telegram = ground.Settings.Telegram is { } settings
                    ? new TelegramChannel(settings, log.CreateLogger<TelegramChannel>())
                    : null;
                var link = telegram is null ? null : await telegram.DeepLinkAsync(code!, ct);
                if (parsed.GetValue(json))
                    Output.Json(new { code, link });
                else
                    Output.Line(link is null ? $"/start {code}" : $"{link}\n/start {code}");
                return CommandLine.Done;
            }, ct);
        });
        return command;
    }
}
