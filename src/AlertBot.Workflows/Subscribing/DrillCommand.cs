using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>/drill</c> and <c>/drill CODE</c>: asks whom it goes to; <c>drill:here:ALERT</c> is the answer of whoever reads it.</summary>
public sealed class DrillCommand(StartDrill start) : IChatCommand, IPress
{
    internal const string Word = "drill";

    public string Name => Word;

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Word;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var whom = arguments.Trim().ToUpperInvariant();
        if (!talk.May(Needs))
            talk.Reply("drill.how");
        else if (whom.Length == 0)
            talk.Reply(talk.Texts.Say(talk.Language, "drill.ask"), await ChoicesAsync(talk));
        else if (await StartDrill.ToAsync(talk.Session, whom) is { Count: > 0 })
            talk.Reply(
                talk.Texts.Say(talk.Language, "drill.ask"),
                [[new Choice(talk.Texts.Plain(talk.Language, "drill.case", ("code", whom)), $"{Word}:go:{whom}")]]);
        else
            talk.Reply("drill.how");
    }

    public async Task PressAsync(Talk talk, string data)
    {
        switch (data.Split(':', 2))
        {
            case ["go", var whom] when !talk.IsGroup && await start.RunAsync(talk.Session, whom) is var (people, groups):
                talk.EditPressed(talk.Texts.Say(talk.Language, "drill.begun", ("people", people), ("groups", groups)));
                break;
            case ["here", var id] when talk.May(Role.Advocate) && talk.Person is { } person && Guid.TryParseExact(id, "N", out var alert):
                talk.Notice(await talk.Session.Drills.AnswerAsync(new AlertId(alert), person.Id) ? "drill.noted" : "drill.is-over");
                if (!talk.IsGroup)
                    talk.EditPressed(talk.Texts.Say(talk.Language, "drill.noted"));
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Choice>>> ChoicesAsync(Talk talk)
    {
        var rows = new List<IReadOnlyList<Choice>> { new[] { talk.Button("drill.me", $"{Word}:go:{StartDrill.Me}") } };
        if ((await talk.Session.OnCall.RotaAsync()).People.Count > 0)
            rows.Add([talk.Button("triage.tell-on-call", $"{Word}:go:{StartDrill.OnCall}")]);
        if (await StartDrill.ToAsync(talk.Session, Say.Advocates) is { Count: > 0 } advocates)
            rows.Add([new Choice(
                talk.Texts.Plain(talk.Language, "triage.tell-advocates", ("count", Say.Counted(advocates).People)), $"{Word}:go:{Say.Advocates}")]);
        return rows;
    }
}
