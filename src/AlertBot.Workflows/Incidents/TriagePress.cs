using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>tri:ACT:CODE[:WHAT]</c>: what a coordinator decides on an incident.</summary>
public sealed class TriagePress(
    VerifyIncident verify, TellWhom tellWhom, RetractIncident retract,
    AttachIncident attach, AskConversation ask, CorrectionConversation correct) : IPress
{
    private const int MostOthers = 12;

    // By a button, or by the merge that brought its person with it.
    private static readonly IncidentAct[] Attached = [IncidentAct.Attached, IncidentAct.Merged];

    public string Prefix => "tri";

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':');
        if (parts.Length < 2 || !talk.May(Role.Coordinator) || talk.Person is null || !IncidentCode.TryParse(parts[1], out var code)
            || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            talk.Notice("incident.not-allowed");
            return;
        }

        switch (parts)
        {
            case ["verify", _]:
                await VerifyAsync(talk, incident);
                break;
            case ["tell", _, var whom]:
                if (await tellWhom.RunAsync(talk.Session, incident.Id, whom) is { } count)
                    talk.EditPressed(talk.Texts.Say(talk.Language, "triage.told-now", ("code", incident.Code.Text), ("count", count)));
                else
                    talk.Notice("button.stale");
                break;
            case ["false", _]:
                await SayAsync(talk, incident, await retract.FalseAlarmAsync(talk.Session, incident.Id), "triage.is-retracted");
                break;
            case ["attach", _, var @case] when CaseCode.TryParse(@case, out var to):
                await SayAsync(talk, incident, await attach.RunAsync(talk.Session, incident.Id, to), "triage.attached", Attached);
                break;
            case ["new", _] when incident is { Case: null, Handling: not Handling.Closed }:
                talk.Reply(
                    talk.Texts.Say(talk.Language, "attach.where", ("code", incident.Code.Text)),
                    (await attach.StatesOfAsync(talk.Session, incident)).Select(state => new Choice(
                        talk.Texts.Plain(talk.Language, "jurisdiction." + state.Code), $"tri:new:{incident.Code.Text}:{state.Code}"))
                        .Chunk(2).ToList());
                break;
            case ["new", _]:
                await SayAsync(talk, incident, TriageOutcome.DoneBefore, "", Attached);
                break;
            case ["new", _, var place]:
                await OpenAsync(talk, incident, place);
                break;
            case ["dup", _]:
                await OthersAsync(talk, incident);
                break;
            case ["dup", _, var other] when IncidentCode.TryParse(other, out var of) && await talk.Session.Incidents.FindAsync(of) is { } kept:
                await SayAsync(talk, incident, await retract.DuplicateAsync(talk.Session, incident.Id, kept.Id), "triage.merged");
                break;
            case ["ask", _] when !talk.IsGroup:
                await ask.BeginAsync(talk, incident);
                break;
            case ["correct", _] when !talk.IsGroup:
                await correct.BeginAsync(talk, incident);
                break;
            case ["who", _] when !talk.IsGroup:
                talk.Reply(await WhoKnows.OfAsync(talk.Session, incident, talk.Language, talk.Texts));
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    // "Told to everybody" is no word for nobody.
    private async Task VerifyAsync(Talk talk, Incident incident)
    {
        var outcome = await verify.RunAsync(talk.Session, incident.Id);
        if (outcome != TriageOutcome.Done || !await TellWhom.IsUnheardAsync(talk.Session, incident))
        {
            await SayAsync(talk, incident, outcome, "triage.verified", IncidentAct.Verified);
            return;
        }

        talk.Notice("triage.verified-nobody");
        talk.Reply(
            talk.Texts.Say(talk.Language, "triage.tell-whom", ("code", incident.Code.Text)),
            await tellWhom.ChoicesAsync(talk.Session, incident, talk.Language));
    }

    private static async Task SayAsync(
        Talk talk, Incident incident, TriageOutcome outcome, string done, params IReadOnlyCollection<IncidentAct> acts)
    {
        var line = outcome switch
        {
            TriageOutcome.Done => new Line(done),
            TriageOutcome.DoneBefore or TriageOutcome.Closed => await DecidedBefore.OfAsync(talk, incident.Id, acts),
            TriageOutcome.NotFound => new Line("button.stale"),
            _ => new Line("incident.not-allowed"),
        };
        talk.Notice(line.Key, line.Arguments);
    }

    private async Task OpenAsync(Talk talk, Incident incident, string place)
    {
        if (await attach.ToNewCaseAsync(talk.Session, incident.Id, place) is { } file)
            talk.Reply(
                talk.Texts.Say(talk.Language, "triage.case-opened", ("code", file.Code.Text)),
                [[talk.Button("button.details", $"case:{file.Code.Text}")]]);
        else
            await SayAsync(talk, incident, TriageOutcome.DoneBefore, "", Attached);
    }

    // Which of the others is it? Those that are not over, newest first.
    private static async Task OthersAsync(Talk talk, Incident incident)
    {
        var others = (await talk.Session.Incidents.OpenAsync()).Where(other => other.Id != incident.Id)
            .Where(other => incident.Case is null || other.Case is null || other.Case == incident.Case)
            .Reverse().Take(MostOthers).ToList();
        if (others.Count == 0)
            talk.Notice("triage.no-others");
        else
            talk.Reply(
                talk.Texts.Say(talk.Language, "triage.duplicate-of", ("code", incident.Code.Text)),
                others.Select(other => new Choice(other.Code.Text, $"tri:dup:{incident.Code.Text}:{other.Code.Text}")).Chunk(3).ToList());
    }
}
