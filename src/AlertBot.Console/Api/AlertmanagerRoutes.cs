using AlertBot.Domain.Channels;
using System.ComponentModel.DataAnnotations;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Monitoring;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Desk.Api;

/// <summary><c>/alertmanager</c>: what Prometheus' Alertmanager sends to a webhook pages those on call.</summary>
internal static class AlertmanagerRoutes
{
    private const int MostBytes = 512 * 1024;
    private const int LongestName = 80;
    private const int LongestText = 300;

    public static void Map(RouteGroupBuilder api) => api.MapPost(
            "/alertmanager", (HttpContext context, ApiActs acts, PageOnCall page) => acts.RunAsync<AlertmanagerBody>(
                context, (session, body) => PageAsync(session, body, page), MostBytes, isOurs: false))
        .Does<AlertmanagerBody, PageGiven>(
            ApiScope.Monitoring, "Page those on call, in the format of Alertmanager's webhooks",
            "Version 4 of the format. What was told is not told again unless it gets worse; a resolved alert is told as over. More than ten pages "
            + "of one maker within ten minutes are told together; of more than 500 alerts in one call the gravest are read, and the others "
            + "are counted.",
            StatusCodes.Status200OK);

    private static async Task<ApiAnswer> PageAsync(Session session, AlertmanagerBody body, PageOnCall page)
    {
        if (body.Version != "4")
            return ApiProblem.Field("version", "this reads version 4 of Alertmanager's format");
        if (body.GroupKey is not { Length: > 0 } group || body.Alerts is not { } alerts)
            return ApiProblem.Field("alerts", "the body is not what Alertmanager sends: 'groupKey' and 'alerts' are missing");

        return await page.RunAsync(
            session, group, alerts.Select(alert => ReadOf(alert, session.Now)).ToList(), (int)Math.Clamp(body.TruncatedAlerts ?? 0, 0, 10_000))
            is { } came
            ? ApiAnswer.Done(new PageGiven(came.Paged, came.Over, came.Held, came.Unread))
            : ApiProblem.NotYours;
    }

    // The notes in which rules say what is wrong, the most telling one first.
    private static readonly string[] Words = ["summary", "message", "description"];

    private static MonitoredAlert ReadOf(AlertmanagerAlert alert, Instant now)
    {
        var (labels, notes) = (alert.Labels ?? [], alert.Annotations ?? []);
        var text = Words.Select(key => notes.GetValueOrDefault(key))
            .FirstOrDefault(said => !string.IsNullOrWhiteSpace(said)) ?? labels.GetValueOrDefault("instance") ?? labels.GetValueOrDefault("job");
        return new MonitoredAlert(
            // Alertmanager of before 0.19 sent none.
            alert.Fingerprint
                ?? string.Join('\n', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")),
            Cut(labels.GetValueOrDefault("alertname"), LongestName) ?? "?", Cut(text, LongestText), SeverityOf(labels.GetValueOrDefault("severity")),
            OffsetDateTimePattern.Rfc3339.Parse(alert.StartsAt ?? "") is { Success: true, Value: var at } ? at.ToInstant() : now,
            alert.Status == "resolved");
    }

    // What says nothing of how bad it is may be the worst.
    private static Severity SeverityOf(string? label) => label?.Trim().ToLowerInvariant() switch
    {
        "critical" or "page" or "emergency" or "fatal" or "disaster" or "p1" => Severity.Critical,
        "warning" or "warn" or "notice" or "minor" or "p3" => Severity.Notice,
        "info" or "information" or "none" or "debug" or "p4" or "p5" => Severity.Info,
        _ => Severity.Urgent,
    };

    private static string? Cut(string? text, int most)
    {
        var said = text?.Trim();
        return string.IsNullOrEmpty(said) ? null : Shortened.To(said, most);
    }
}

/// <summary>What Alertmanager sends; it sends more, which we do not read. Prints as a mask.</summary>
internal sealed record AlertmanagerBody
{
    [Required]
    public string? Version { get; init; }

    [Required]
    public string? GroupKey { get; init; }

    public long? TruncatedAlerts { get; init; }

    [Required]
    public IReadOnlyList<AlertmanagerAlert>? Alerts { get; init; }

    public override string ToString() => "(alerts)";
}

internal sealed record AlertmanagerAlert
{
    public string? Status { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    public string? StartsAt { get; init; }

    public string? Fingerprint { get; init; }

    public override string ToString() => "(alert)";
}

/// <param name="Paged">Alerts of which those on call were told.</param>
/// <param name="Over">Alerts that ended.</param>
/// <param name="Held">Alerts that are told together with others within minutes, since so many pages came at once.</param>
/// <param name="Unread">Alerts that were counted and not read: more than 500 in one call.</param>
internal sealed record PageGiven(int Paged, int Over, int Held, int Unread);
