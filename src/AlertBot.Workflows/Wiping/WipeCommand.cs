using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Wiping;

/// <summary><c>/wipe</c>: proposes that everything on the machine be destroyed. Another owner confirms it.</summary>
public sealed class WipeCommand(WipeInstallation wipeInstallation) : IChatCommand, IPress
{
    public string Name => "wipe";

    public Role Needs => Role.Owner;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => WipeInstallation.Press;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;
        if ((await talk.Session.People.WithRoleAsync(Role.Owner)).Count(one => !one.IsFrozen) < 2)
            talk.Reply("wipe.alone");
        else
            talk.Reply(
                RichTextOf(talk, "wipe.ask"), [[talk.Button("wipe.propose", $"{Prefix}:propose")], [talk.Button("wipe.not", $"{Prefix}:not")]]);
    }

    /// <summary><c>propose</c>, <c>not</c>, <c>yes.ID</c>, <c>sure.ID</c>, <c>no.ID</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split('.', 2);
        if (talk.IsGroup || !talk.May(Needs))
        {
            talk.Notice("button.stale");
        }
        else if (parts is ["not"])
        {
            talk.EditPressed(RichTextOf(talk, "wipe.kept"));
        }
        else if (parts is ["propose"])
        {
            if (await wipeInstallation.ProposeAsync(talk.Session) is { } id)
                talk.EditPressed(RichTextOf(talk, "wipe.waits"), [[talk.Button("wipe.stop", $"{Prefix}:no.{id:N}")]]);
            else
                talk.Notice("wipe.is-proposed");
        }
        else if (parts.Length == 2 && Guid.TryParseExact(parts[1], "N", out var id) && await talk.Session.Wipes.FindAsync(id) is { } wipe)
        {
            await AnswerAsync(talk, parts[0], wipe);
        }
        else
        {
            talk.Notice("button.stale");
        }
    }

    private async Task AnswerAsync(Talk talk, string word, Postgres.Stores.Wipe wipe)
    {
        if (word == "yes" && wipe.IsOpen)
        {
            talk.EditPressed(
                RichTextOf(talk, "wipe.sure"),
                [[talk.Button("wipe.confirm", $"{Prefix}:sure.{wipe.Id:N}")], [talk.Button("wipe.stop", $"{Prefix}:no.{wipe.Id:N}")]]);
            return;
        }

        var outcome = word switch
        {
            "sure" => await wipeInstallation.ConfirmAsync(talk.Session, wipe),
            "no" => await wipeInstallation.StopAsync(talk.Session, wipe),
            _ => WipeOutcome.Over,
        };
        switch (outcome)
        {
            case WipeOutcome.Done:
                talk.EditPressed(RichTextOf(talk, word == "no" ? "wipe.kept" : "wipe.going"));
                break;
            case WipeOutcome.Yourself:
                talk.Notice("wipe.not-yourself");
                break;
            case WipeOutcome.TooNew:
                talk.Notice("wipe.too-new");
                break;
            default:
                talk.Notice("wipe.over");
                break;
        }
    }

    private static Domain.Channels.RichText RichTextOf(Talk talk, string key) => talk.Texts.Say(talk.Language, key);
}
