using AlertBot.Domain.Time;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>What is left of a line and looks like a time: whose hour it is, or the date that the event sets, or a part of the note.</summary>
internal static class EventLeftover
{
    public static Prompt Ask(EventState state)
    {
        var left = state.Leftover ?? "";
        var rows = new List<IReadOnlyList<Option>>();
        if (WithHour(state, state.Date, left) is not null)
            rows.Add([new Option(new Line("event.leftover-hour", ("value", state.Date!)), EventTalk.AsHour)]);
        if (WithHour(state, state.Sets, left) is not null)
            rows.Add([new Option(new Line("event.leftover-hour", ("value", state.Sets!)), EventTalk.AsSetHour)]);
        if (CanSet(state, left))
            rows.Add([new Option(new Line("event.leftover-sets", ("value", left)), EventTalk.AsSets)]);
        rows.Add([new Option("event.leftover-note", EventTalk.AsNote)]);
        rows.Add([new Option("button.back", EventTalk.Back), new Option("button.cancel", EventTalk.Cancel)]);
        return new Prompt([new Line("event.leftover", ("value", left))], rows);
    }

    /// <returns>Null when that was not among the answers.</returns>
    public static EventState? Press(EventState state, string data) => state.Leftover is not { } left ? null : data switch
    {
        EventTalk.AsHour when WithHour(state, state.Date, left) is { } date => Settled(state with { Date = date }, isNote: false),
        EventTalk.AsSetHour when WithHour(state, state.Sets, left) is { } sets => Settled(state with { Sets = sets }, isNote: false),
        EventTalk.AsSets when CanSet(state, left) => Settled(state with { Sets = left }, isNote: false),
        EventTalk.AsNote => Settled(state, isNote: true),
        _ => null,
    };

    private static EventState Settled(EventState state, bool isNote)
    {
        if (isNote)
            return state with { Leftover = null };

        var at = state.Note?.IndexOf(state.Leftover!, StringComparison.Ordinal) ?? -1;
        var note = at < 0 ? state.Note : string.Join(' ', new[] { state.Note![..at].Trim(), state.Note[(at + state.Leftover!.Length)..].Trim() }
            .Where(part => part.Length > 0));
        note = string.IsNullOrWhiteSpace(note) ? null : note;

        // There may be another.
        return state with { Note = note, Leftover = EventLine.LeftOver(note, state.ZoneOfCase) };
    }

    private static string? WithHour(EventState state, string? day, string left) =>
        day is not null && WhenText.ReadTime(left) is not null
        && WhenText.Read(day, state.ZoneOfCase) is { Time: null, Precision: Precision.Exact }
        && WhenText.Read($"{day} {left}", state.ZoneOfCase) is not null
            ? $"{day} {left}"
            : null;

    private static bool CanSet(EventState state, string left) =>
        state.Sets is null && EventMenu.QuestionOfDateSet(state.Kind ?? "") is not null && WhenText.Read(left, state.ZoneOfCase) is not null;
}
