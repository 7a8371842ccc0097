using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// <c>/mute [A-CODE]</c>: whoever sent the only report of an incident rings nobody any more; without a code, who is muted. What they send is
/// kept and counted, and waits in the queue. All coordinators hear of it, and any of them ends it.
/// </summary>
public sealed class MuteCommand(Alerts alerting) : IChatCommand, IPress
{
    public string Name => "mute";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;
        if (arguments.Length == 0)
        {
            var (text, buttons) = await PageAsync(talk);
            talk.Reply(text, buttons);
        }
        else if (!IncidentCode.TryParse(arguments, out var code) || await talk.Session.Incidents.FindAsync(code) is not { } incident
            || await SenderAsync(talk, incident) is null)
        {
            talk.Reply("mute.not-this");
        }
        else
        {
            talk.Reply(
                talk.Texts.Say(talk.Language, "mute.ask", ("code", code.Text)),
                [[talk.Button("mute.yes", $"mute:on.{code.Text}")], [talk.Button("button.cancel", "mute:no")]]);
        }
    }

    /// <summary><c>on.CODE</c>, <c>off.NUMBER</c>, <c>no</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs))
        {
            talk.Notice("button.stale");
            return;
        }

        switch (data.Split('.'))
        {
            case ["on", var typed] when IncidentCode.TryParse(typed, out var code) && await talk.Session.Incidents.FindAsync(code) is { } incident
                && await SenderAsync(talk, incident) is { } sender && await talk.Session.Muted.AddAsync(sender, talk.Person!.Id):
                await talk.Session.Audit.AddAsync(talk.Person.Id, new AuditAct("sender.mute"), incident.Id.Value);
                await TellAsync(talk, code);
                talk.EditPressed(talk.Texts.Say(talk.Language, "mute.done"));
                break;
            case ["off", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
                && await talk.Session.Muted.RemoveAsync(which):
                await talk.Session.Audit.AddAsync(talk.Person!.Id, new AuditAct("sender.unmute"), null);
                var (text, buttons) = await PageAsync(talk);
                talk.EditPressed(text, buttons);
                break;
            case ["no"]:
                talk.EditPressed(talk.Texts.Say(talk.Language, "triage.cancelled"));
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    // Of an incident that others tell too nobody is muted: their voice may be the true one. Nor whoever has a role here.
    private static async Task<AddressId?> SenderAsync(Talk talk, Incident incident)
    {
        var senders = (await talk.Session.Reports.OfAsync(incident.Id))
            .Where(report => report.State == ReportState.Sent && report.Content is { IsSilence: false })
            .Select(report => report.From).Distinct().ToList();
        return senders is [{ } only] && await talk.Session.Addresses.FindAsync(only) is { Person: { } person }
            && await talk.Session.People.FindAsync(person) is { Role: Role.Reporter }
            ? only
            : null;
    }

    private async Task TellAsync(Talk talk, IncidentCode code)
    {
        var draft = new AlertDraft(
            null, AlertKind.SenderMuted, Severity.Urgent, $"muted:{code.Text}:{talk.Now.ToUnixTimeMilliseconds()}",
            new Line("mute.told", ("code", code.Text), ("sign", talk.Person!.Shown)))
        {
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(
            talk.Session, draft,
            (await Recipients.CoordinatorsAsync(talk.Session)).Where(one => one.Person != talk.Person.Id).ToList());
    }

    private static async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Buttons)> PageAsync(Talk talk)
    {
        var muted = await talk.Session.Muted.AllAsync();
        if (muted.Count == 0)
            return (talk.Texts.Say(talk.Language, "mute.none"), []);

        var shown = await talk.Session.People.ShownAsync(muted.Select(one => one.By).OfType<PersonId>());
        var lines = muted.Select(one => talk.Texts.Say(
            talk.Language, "mute.line", ("number", one.Number), ("at", one.At.InZone(talk.Zone)),
            ("sign", one.By is { } by && shown.TryGetValue(by, out var name) ? name : "–"), ("count", one.Reports)));
        var buttons = muted.Select(one => new Choice(
            talk.Texts.Plain(talk.Language, "mute.off", ("number", one.Number)),
            string.Create(CultureInfo.InvariantCulture, $"mute:off.{one.Number}")));
        return (RichText.Join("\n", lines.Prepend(talk.Texts.Say(talk.Language, "mute.title"))), buttons.Chunk(3).ToList());
    }
}
