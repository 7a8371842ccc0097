using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Talking.Presses;

/// <summary><c>inc:ACT:CODE</c> under the card of an incident.</summary>
public sealed class IncidentPress(TakeIncident take) : IPress
{
    public string Prefix => "inc";

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':', 2);
        if (parts.Length < 2 || !IncidentCode.TryParse(parts[1], out var code) || talk.Actor is not { } actor
            || await IncidentAccess.FindAsync(talk.Session, code, actor) is not { } incident)
        {
            talk.Notice("incident.not-allowed");
            return;
        }

        switch (parts[0])
        {
            case "take":
                talk.Notice((await take.RunAsync(talk.Session, incident.Id, actor, talk.Now)) switch
                {
                    TakeOutcome.Taken => "incident.you-have-it",
                    TakeOutcome.YoursAlready => "incident.you-had-it",
                    TakeOutcome.TakenBefore => "incident.taken-before",
                    TakeOutcome.Closed => "incident.is-closed",
                    _ => "incident.not-allowed",
                });
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }
}
