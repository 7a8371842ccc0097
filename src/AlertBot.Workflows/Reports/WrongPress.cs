using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// <c>wrong:REPORT</c>: a reporter says that the outcome of their report is wrong. It is opened again, and people are told with sound.
/// </summary>
public sealed class WrongPress(TellNews news) : IPress
{
    public string Prefix => "wrong";

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !Guid.TryParseExact(data, "N", out var id)
            || await talk.Session.Reports.FindAsync(new ReportId(id)) is not { State: ReportState.Sent, IsOfOldKey: false, Incident: { } of } report
            || report.From != talk.Here.Id
            || await talk.Session.Incidents.TakeAsync(of) is not { Handling: Handling.Closed } incident)
        {
            talk.Notice("button.stale");
            return;
        }

        await news.ToldAsync(
            talk.Session, incident, report.Id, TellNews.Wrong,
            report.Content?.Words is { Count: > 0 } words ? words[^1] : report.Content?.Who ?? "📎");
        talk.EditPressed(talk.Texts.Say(talk.Language, "report.wrong-noted"));
    }
}
