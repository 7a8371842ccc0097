using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Replaying;

/// <summary>What each advocate and the group read in the first days of a history, as a table: is it what they need, and no more?</summary>
public static class FirstDays
{
    private const int LongestTitle = 110;

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("d MMM HH:mm");

    /// <param name="zone">Whose clock the table goes by.</param>
    public static IEnumerable<string> Table(Cast cast, Instant from, int days, DateTimeZone zone)
    {
        // In whose words it stands: the first who reads English.
        var readers = cast.Advocates.OrderBy(phone => phone.Language != "en")
            .Select(phone => (Name: $"{phone.Name} ({phone.Language})", Read: Read(phone.Messages, from, days)))
            .Append((Name: cast.Group.Title, Read: Read(cast.Group.Messages, from, days))).ToList();
        yield return $"| when | what | {string.Join(" | ", readers.Select(one => one.Name))} |";
        yield return $"|---|---|{string.Concat(readers.Select(_ => "---|"))}";
        foreach (var at in readers.SelectMany(one => one.Read.Select(message => message.Date)).Distinct().Order())
        {
            var here = readers.Select(one => one.Read.Where(message => message.Date == at).ToList()).ToList();
            for (var row = 0; row < here.Max(read => read.Count); row++)
            {
                var first = here.First(read => read.Count > row)[row];
                var marks = here.Select(read => read.Count > row ? read[row].IsSilent ? "silently" : "✓" : "");
                yield return $"| {Minute.Format(at.InZone(zone).LocalDateTime)} | {TitleOf(first)} | {string.Join(" | ", marks)} |";
            }
        }

        yield return $"| all | | {string.Join(" | ", readers.Select(one => one.Read.Count))} |";
    }

    private static List<SandboxMessage> Read(IEnumerable<SandboxMessage> messages, Instant from, int days) => messages
        .Where(message => message.IsFromBot && message.Date >= from && message.Date < from + Duration.FromDays(days)).ToList();

    private static string TitleOf(SandboxMessage message) =>
        Shortened.To(message.Text.Split('\n')[0].Replace("|", "/", StringComparison.Ordinal).Trim(), LongestTitle);
}
