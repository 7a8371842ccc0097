using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.People;

/// <summary>
/// <c>/oncall</c>: shows who is on duty, who is next, and when. It shows roles and signs, because colleagues' names are nobody's business.
/// </summary>
public sealed class OnCallCommand(ChangeRota change, IncidentPolicy policy) : IChatCommand, IPress
{
    private const int MostButtons = 12;

    public string Name => "oncall";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var (text, buttons) = await PageAsync(talk, await talk.Session.OnCall.RotaAsync());
        talk.Reply(Unused.Before(talk, arguments, text), buttons);
    }

    /// <summary><c>join</c>, <c>leave</c>, <c>swap</c>, or for coordinators <c>up.ID</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is not { Id: var me } || ChangeOf(talk, data, me) is not { } wanted)
        {
            talk.Notice("button.stale");
            return;
        }

        var rota = await change.RunAsync(talk.Session, wanted, me);
        var (text, buttons) = await PageAsync(talk, rota);
        talk.EditPressed(text, buttons);
    }

    private static Func<OnCallRota, OnCallRota>? ChangeOf(Talk talk, string data, PersonId me) => data switch
    {
        "join" => rota => rota.Join(me),
        "leave" => rota => rota.Leave(me),
        "swap" => rota => rota.SwapWithNext(me),
        ['u', 'p', '.', .. var id] when talk.May(Role.Coordinator)
        && Guid.TryParseExact(id, "N", out var person) => rota => rota.MoveUp(new PersonId(person)),
        _ => null,
    };

    private async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Buttons)> PageAsync(Talk talk, OnCallRota rota)
    {
        var lines = new List<Line>();
        foreach (var (id, at) in rota.People.Select((id, at) => (id, at)))
        {
            if (await talk.Session.People.FindAsync(id) is { } person)
            {
                lines.Add(new Line(
                    at switch { 0 => "oncall.on-duty", 1 => "oncall.next", _ => "oncall.later" },
                    ("role", person.Role), ("sign", PersonSign.Of(id)), ("me", id == talk.Person?.Id)));
            }
        }

        if (lines.Count == 0)
            lines.Add(new Line("oncall.nobody"));
        lines.Add(new Line("oncall.when", ("at", OnCallRota.HandOverAfter(policy, talk.Now).InZone(policy.HandOverZone))));
        return (RichText.Join("\n", lines.Prepend(new Line("oncall.title")).Select(line => line.In(talk.Language, talk.Texts))), Buttons(talk, rota));
    }

    private static List<IReadOnlyList<Choice>> Buttons(Talk talk, OnCallRota rota)
    {
        var me = talk.Person?.Id ?? default;
        var own = new List<Choice> { rota.Has(me) ? talk.Button("oncall.leave", "oncall:leave") : talk.Button("oncall.join", "oncall:join") };
        if (rota.Has(me) && rota.People[^1] != me)
            own.Add(talk.Button("oncall.swap", "oncall:swap"));
        var rows = new List<IReadOnlyList<Choice>> { own };
        if (talk.May(Role.Coordinator))
        {
            rows.AddRange(rota.People.Skip(1).Take(MostButtons).Select(person => new Choice(
                talk.Texts.Plain(talk.Language, "oncall.up", ("sign", PersonSign.Of(person))),
                string.Create(CultureInfo.InvariantCulture, $"oncall:up.{person.Value:N}"))).Chunk(3));
        }

        return rows;
    }
}
