using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;

namespace AlertBot.Workflows.Deadlines;

/// <summary>What can be pressed under a reminder: at most three buttons, and what is needed less often behind [More].</summary>
public static class ReminderButtons
{
    /// <summary>Names the press that takes a date in hand: <c>date:ACT:DEADLINE</c>.</summary>
    public const string Date = "date";

    public static IReadOnlyList<IReadOnlyList<(string Key, string Data)>> Of(CaseFile file, Reminder reminder)
    {
        var id = IdOf(reminder.Id);
        if (reminder.Due.Kind == RungKind.Before)
            return InHand(file, reminder.Id);
        return ReminderAlert.IsAboutCustody(reminder.Deadline)
            ?
            [
                [("button.still-held", $"what:{id}:still_held"), ("button.released", $"what:{id}:release")],
                [("button.dont-know", $"what:{id}:?"), More(id)],
            ]
            : [[("button.done", $"what:{id}:done"), ("button.dont-know", $"what:{id}:?")], [More(id)]];
    }

    /// <summary>All that can be pressed.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Key, string Data)>> All(CaseFile file, Reminder reminder)
    {
        var id = IdOf(reminder.Id);
        List<IReadOnlyList<(string, string)>> rows = [];
        if (reminder.Due.Kind != RungKind.Before)
            rows.AddRange(Of(file, reminder).Select(row => row.Where(button => button != More(id)).ToList()).Where(row => row.Count > 0));
        if (reminder.Due.Kind != RungKind.Before && ReminderAlert.IsAboutCustody(reminder.Deadline))
            rows.Insert(1, [("button.moved", $"what:{id}:transfer_of_custody"), ("button.extradited", $"what:{id}:extradited")]);
        rows.AddRange(InHand(file, reminder.Id));
        return rows;
    }

    /// <summary>Who follows a date up, and until when it rests.</summary>
    /// <param name="isOwn">Whoever reads follows it up already.</param>
    public static IReadOnlyList<IReadOnlyList<(string Key, string Data)>> InHand(CaseFile file, DeadlineId deadline, bool isOwn = false)
    {
        var id = IdOf(deadline);
        return
        [
            [isOwn ? ("button.drop", $"{Date}:drop:{id}") : ("button.follow-up", $"{Date}:follow:{id}"), ("button.snooze", $"{Date}:snooze:{id}")],
            [("button.details", $"case:{file.Code.Text}")],
        ];
    }

    /// <param name="isAnyDay">Whether another day can be said: not in a group.</param>
    public static IReadOnlyList<IReadOnlyList<(string Key, string Data)>> Rests(DeadlineId deadline, bool isAnyDay)
    {
        var id = IdOf(deadline);
        List<IReadOnlyList<(string, string)>> rows = [[("button.one-day", $"{Date}:1:{id}"), ("button.three-days", $"{Date}:3:{id}")]];
        if (isAnyDay)
            rows.Add([("button.until", $"{Date}:until:{id}")]);
        rows.Add([("button.back", $"{Date}:more:{id}")]);
        return rows;
    }

    private static (string, string) More(string id) => ("button.more", $"{Date}:more:{id}");

    private static string IdOf(DeadlineId id) => Convert.ToHexStringLower(id.Value.ToByteArray(bigEndian: true));
}
