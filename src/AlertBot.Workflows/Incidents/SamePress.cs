using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>same:yes|no:REPORT</c> under the question whether a further report tells of the same.</summary>
public sealed class SamePress(SameQuestions questions) : IPress
{
    public string Prefix => "same";

    public async Task PressAsync(Talk talk, string data)
    {
        if (data.Split(':') is not [var answer, var report] || !Guid.TryParseExact(report, "N", out var id)
            || await talk.Session.Reports.FindAsync(new ReportId(id)) is not { Incident: { } of }
            || await talk.Session.Incidents.FindAsync(of) is not { } incident
            || !await IncidentAccess.MayActAsync(talk.Session, incident))
        {
            talk.Notice("incident.not-allowed");
            return;
        }

        if (answer == "no")
        {
            if (await questions.PartAsync(talk.Session, new ReportId(id), talk.Person?.Id) is { } parted)
                talk.EditPressed(
                    talk.Texts.Say(talk.Language, "news.parted", ("code", parted.Code.Text)),
                    [[talk.Button("button.card", $"inc:card:{parted.Code.Text}")]]);
            else
                talk.Notice("news.answered-before");
        }
        else if (await talk.Session.Incidents.AnswerWhetherSameAsync(new ReportId(id), isSame: true, talk.Person?.Id))
        {
            await talk.Session.Incidents.NoteAsync(incident.Id, talk.Person?.Id, IncidentAct.Same);
            talk.Notice("news.noted-same");
        }
        else
        {
            talk.Notice("news.answered-before");
        }
    }
}
