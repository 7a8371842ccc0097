using System.Globalization;
using NodaTime;

namespace AlertBot.Domain.CheckIns;

/// <summary>
/// A change that watches a person less closely. It waits for one more answer, because somebody may only be holding the person's phone.
/// </summary>
public abstract record CheckInWish
{
    private CheckInWish() { }

    public sealed record End : CheckInWish
    {
        public override string ToString() => "end";
    }

    public sealed record Pause(int Hours) : CheckInWish
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pause {Hours}");
    }

    /// <summary>Removes a contact.</summary>
    public sealed record Drop(Guid Contact) : CheckInWish
    {
        public override string ToString() => $"drop {Contact:N}";
    }

    /// <summary>Asks less often, or waits longer.</summary>
    public sealed record Stretch(CheckInSchedule Schedule, Duration Grace) : CheckInWish
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"stretch {(int)Grace.TotalMinutes} {Schedule}");
    }

    /// <returns>Null if it is no such change.</returns>
    public static CheckInWish? Read(string? text)
    {
        var parts = (text ?? "").Split(' ', 2);
        return parts switch
        {
            ["end"] => new End(),
            ["pause", var hours] when Number(hours) is { } long_ => new Pause(long_),
            ["drop", var id] when Guid.TryParseExact(id, "N", out var contact) => new Drop(contact),
            ["stretch", var rest] when rest.Split(' ', 2) is [var minutes, var times] && Number(minutes) is { } grace
                && CheckInSchedule.Read(times) is { } schedule => new Stretch(schedule, Duration.FromMinutes(grace)),
            _ => null,
        };
    }

    /// <summary>Whether a change of the times or the wait would leave the person unwatched for longer.</summary>
    public static bool IsStretch(CheckIn before, CheckInSchedule schedule, Duration grace, Instant now, DateTimeZone zone) =>
        before.Schedule is { } old && (grace > before.Grace || LongestGap(schedule, now, zone) > LongestGap(old, now, zone));

    // Every schedule shows its longest gap within two weeks.
    private static Duration LongestGap(CheckInSchedule schedule, Instant now, DateTimeZone zone)
    {
        var (at, longest) = (now, Duration.Zero);
        while (at < now + Duration.FromDays(14))
        {
            var next = schedule.NextAfter(at, zone);
            longest = Duration.Max(longest, next - at);
            at = next;
        }

        return longest;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
