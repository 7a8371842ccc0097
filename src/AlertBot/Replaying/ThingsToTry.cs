using AlertBot.Domain.Cases;
using AlertBot.Sandbox.Page;

namespace AlertBot.Replaying;

/// <summary>Suggestions for a first-time visitor, phone by phone.</summary>
internal static class ThingsToTry
{
    /// <param name="code">The stored case; null if there is none.</param>
    public static PageStory For(Cast cast, string caption, CaseCode? code) => new(caption)
    {
        Tries =
        [
            new(cast.Reporter.Name, "reports in any language:", "Соседа увели двое в штатском, белая машина"),
            .. code is { } known
                ? [new PageTry(cast.Coordinator.Name, "looks at a case:", $"/case {known}")]
                : new[] { new PageTry(cast.Coordinator.Name, "opens a case:", "/newcase") },
            new(cast.Coordinator.Name, "sees what waits:", "/queue"),
            new(cast.Advocates[1].Name, "asks what comes next:", "/next"),
            new(cast.Advocates[0].Name, "sleeps at night:", "/quiet"),
            .. cast.OnSignal is { } phone
                ? [new PageTry(phone.Name, "is on Signal, where numbers and 👍 are the buttons:", "/help")]
                : Array.Empty<PageTry>(),
        ],
    };
}
