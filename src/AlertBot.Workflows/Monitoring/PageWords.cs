using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Monitoring;
using AlertBot.Domain.People;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Monitoring;

/// <summary>A page as a message.</summary>
internal static class PageWords
{
    /// <summary>So many alerts are read to their end; further ones are counted.</summary>
    private const int MostLines = 10;

    /// <summary>The beginning of the keys of all that tells of a page.</summary>
    public static string KeysOf(PageId page) => $"page:{page.Value:N}:";

    public static AlertDraft DraftOf(Page page, params IReadOnlyList<Line> heads) => new(
        null, AlertKind.Monitoring, page.Severity, KeysOf(page.Id) + page.Step.ToString(CultureInfo.InvariantCulture),
        [
            .. heads,
            .. page.Content.Take(MostLines).Select(alert => alert.Text is { } text
                ? new Line("monitoring.line", ("name", alert.Name), ("text", text))
                : new Line("monitoring.bare", ("name", alert.Name))),
            .. page.Content.Count + page.More > MostLines
                ? [new Line("monitoring.more", ("count", page.Content.Count + page.More - Math.Min(MostLines, page.Content.Count)))]
                : Array.Empty<Line>(),
        ])
    {
        Buttons = [[("button.on-it", $"{PagePress.Word}:{page.Id.Value:N}")]],
        Needs = Role.Advocate,
        IsByProgram = true,
    };
}
