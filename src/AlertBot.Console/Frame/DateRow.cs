using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Desk.Frame;

/// <summary>A date of a case as a row of a drawn time line.</summary>
internal static class DateRow
{
    public static TimeLineRow Of(CaseCode code, Deadline deadline, Instant now, TextCatalog texts, string language)
    {
        var limit = deadline.Limit;
        return new TimeLineRow(
            code == default ? texts.Plain(language, "desk.unreadable") : code.Text, code == default ? null : $"/console/cases/{code.Text}",
            texts.Plain(language, "desk.date-kind", ("kind", deadline.Kind)),
            WhenOf(deadline, texts, language), limit.Earliest.Instant, limit.Latest.Instant, MoodOf(deadline, now));
    }

    public static string WhenOf(Deadline deadline, TextCatalog texts, string language) => texts.Plain(
        language, "desk.dates", ("earliest", deadline.Limit.Earliest), ("latest", deadline.Limit.Latest),
        ("ends", deadline.Limit.Earliest.Instant == deadline.Limit.Latest.Instant ? "one" : "two"));

    public static string MoodOf(Deadline deadline, Instant now) => deadline switch
    {
        { State: DeadlineState.Missed } => "late",
        _ when deadline.Limit.Earliest.Instant <= now => "late",
        { State: DeadlineState.DueSoon or DeadlineState.Due } => "soon",
        _ => "calm",
    };
}
