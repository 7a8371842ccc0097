using AlertBot.Domain.Deadlines;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Policies;

/// <summary>
/// The section <c>reminders</c>. A kind with a mistake gets the ladder named <c>default</c>, and the mistake is reported: fewer reminders must never
/// go unnoticed.
/// </summary>
internal static class ReminderSection
{
    public const string Name = "reminders";

    private const string Default = "default";

    // Used if the file itself has no usable default: a plain ladder is better than none.
    private static readonly Ladder Emergency = new(
    [
        new Rung.Days("-7d", RungKind.Before, -7, Rung.Morning),
        new Rung.Days("-1d", RungKind.Before, -1, Rung.Morning),
        new Rung.Hours("-3h", RungKind.Before, -3),
        new Rung.Passed("ask", RungKind.Ask),
        new Rung.Passed("overdue", RungKind.Overdue),
    ]);

    /// <summary>The policy for a file that cannot be read.</summary>
    public static ReminderPolicy Plain => PolicyOf([], null);

    public static ReminderPolicy Read(YamlMap root)
    {
        var ladders = new Dictionary<(DeadlineKind, LimitClass), Ladder>();
        if (root.Map(Name) is { } reminders)
            return PolicyOf(ladders, ReadReminders(reminders, ladders));

        root.Report(Name, $"the section '{Name}' is missing: say when to remind of what");
        return PolicyOf(ladders, null);
    }

    private static ReminderPolicy PolicyOf(Dictionary<(DeadlineKind, LimitClass), Ladder> ladders, Dictionary<LimitClass, Ladder>? fallback) =>
        new(ladders, Enum.GetValues<LimitClass>().ToDictionary(limit => limit, limit => fallback?.GetValueOrDefault(limit) ?? Emergency));

    private static Dictionary<LimitClass, Ladder>? ReadReminders(YamlMap reminders, Dictionary<(DeadlineKind, LimitClass), Ladder> ladders)
    {
        var kinds = Enum.GetValues<DeadlineKind>().ToDictionary(kind => Words.Snake(kind.ToString()), StringComparer.Ordinal);
        Dictionary<LimitClass, Ladder>? fallback = null;

        foreach (var key in reminders.Keys)
        {
            if (key != Default && !kinds.ContainsKey(key))
            {
                reminders.Report(key, $"unknown kind of deadline '{key}'{Nearest.Hint(key, kinds.Keys)}; known are: {string.Join(", ", kinds.Keys)}");
                continue;
            }

            if (ReadClasses(reminders, key) is not { } classes)
                continue;
            if (key == Default)
                fallback = classes;
            else
                classes.ToList().ForEach(pair => ladders[(kinds[key], pair.Key)] = pair.Value);
        }

        if (fallback is null)
            reminders.Report(Default, $"'{Default}' is missing: it is used for kinds without a ladder of their own");

        return fallback;
    }

    // One list for all lengths, or one for each class of length.
    private static Dictionary<LimitClass, Ladder>? ReadClasses(YamlMap reminders, string key)
    {
        if (reminders.IsList(key))
        {
            return ReadLadder(reminders, key) is { } one ? Enum.GetValues<LimitClass>().ToDictionary(limit => limit, _ => one) : null;
        }

        if (reminders.Map(key) is not { } map)
        {
            reminders.Report(key, $"'{key}' must be a list of reminders, or a mapping with hours, days, weeks and months");
            return null;
        }

        var names = Enum.GetValues<LimitClass>().ToDictionary(limit => Words.Snake(limit.ToString()), StringComparer.Ordinal);
        map.AllowOnly([.. names.Keys]);

        var classes = new Dictionary<LimitClass, Ladder>();
        foreach (var (name, limit) in names)
        {
            if (!map.Keys.Contains(name))
                reminders.Report(key, $"'{key}' has no ladder for limits of {name}: add a list '{name}'");
            else if (ReadLadder(map, name) is { } ladder)
                classes[limit] = ladder;
        }

        return classes.Count == names.Count ? classes : null;
    }

    private static Ladder? ReadLadder(YamlMap map, string key)
    {
        var rungs = new List<Rung>();
        var isGood = true;
        foreach (var (text, line) in map.Texts(key))
        {
            var rung = ReadRung(text);
            if (rung is null)
                map.Source.Report(
                    line, $"'{text}' is no reminder: write -7d, -12h, at once, half-way, same day 09:00, ask +1d, ask every 7d or overdue");
            else if (rungs.Any(other => other.Name == rung.Name))
                map.Source.Report(line, $"'{text}' stands twice in this list");
            else
            {
                rungs.Add(rung);
                continue;
            }

            isGood = false;
        }

        // Nobody means silence, so an empty list counts as a mistake; or the value is not a list at all.
        if (isGood && rungs.Count == 0)
            map.Report(key, $"'{key}' has no reminder: write at least one");

        return isGood && rungs.Count > 0 ? new Ladder(rungs) : null;
    }

    private static Rung? ReadRung(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["at", "once"] => new Rung.AtOnce(text, RungKind.Before),
        ["half-way"] => new Rung.HalfWay(text, RungKind.Before),
        ["overdue"] => new Rung.Passed(text, RungKind.Overdue),
        ["same", "day"] => new Rung.Days(text, RungKind.Before, 0, Rung.Morning),
        ["same", "day", var time] when Time(time) is { } at => new Rung.Days(text, RungKind.Before, 0, at),
        ["ask", "every", var period] when Number(period, 'd') is > 0 and var days => new Rung.Every(text, RungKind.Ask, days),
        ["ask", ['+', .. var after]] => After(text, after),
        [['-', .. var lead]] when Number(lead, 'd') is > 0 and var days => new Rung.Days(text, RungKind.Before, -days, Rung.Morning),
        [['-', .. var lead]] when Number(lead, 'h') is > 0 and var hours => new Rung.Hours(text, RungKind.Before, -hours),
        _ => null,
    };

    private static Rung? After(string text, string after) => (Number(after, 'd'), Number(after, 'h')) switch
    {
        ({ } days, _) => new Rung.Days(text, RungKind.Ask, days, Rung.Morning),
        (_, { } hours) => new Rung.Hours(text, RungKind.Ask, hours),
        _ => null,
    };

    private static int? Number(string text, char unit) =>
        text.EndsWith(unit) && int.TryParse(text[..^1], System.Globalization.NumberStyles.None, null, out var number)
        && number < 1_000 ? number : null;

    private static LocalTime? Time(string text) =>
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).TryGetValue(default, out var time) ? time : null;
}
