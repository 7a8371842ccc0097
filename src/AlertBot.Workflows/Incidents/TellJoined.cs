using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// A further report joined an incident that people know. What is new in it is a message with sound; where it may be something else that
/// happened, they are asked, and without an answer it becomes an incident of its own (<see cref="SameQuestions"/>).
/// </summary>
public sealed class TellJoined(TellNews news)
{
    /// <summary>Without an answer for so long it is something new.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(5);

    private const int LongestWords = 600;

    /// <param name="before">The incident without this report.</param>
    /// <param name="now">With it.</param>
    public async Task RunAsync(Session session, IncidentView before, IncidentView now, Report report)
    {
        var what = SameOrNew.Of(before.Reports, report);
        if (!what.IsNews)
            return;

        var words = string.Join(' ', report.Content?.Words ?? []);
        var asks = what.MayBeNew && before.Reports.Count > 0;
        var line = new Line(
            asks ? "news.same-or-new" : "news.reported", ("code", now.CodeShown), ("at", session.Now.InZone(now.Zone)),
            ("what", report.Content?.Kind ?? ReportKind.Other), ("voice", what.IsVoice), ("place", what.HasPlace), ("day", what.HasDay),
            ("text", IncidentCards.Cut(words.Length > 0 ? words : report.Content?.WhereShown() ?? "📎", LongestWords)));
        if (asks)
            await session.Incidents.AskWhetherSameAsync(report.Id, now.Incident.Id, session.Now + Patience);
        await news.ReportedAsync(session, now, report.Id, line, asks
            ? [("news.is-same", $"same:yes:{report.Id.Value:N}"), ("news.is-new", $"same:no:{report.Id.Value:N}")]
            : null);
    }
}
