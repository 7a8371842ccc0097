using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Law;
using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>The shipped rules and calendars, loaded once for all tests.</summary>
internal static class ShippedLaw
{
    private static readonly Lazy<LawFolder> Loaded = new(() => LawFolder.Load(Path.Combine(Root, "config", "law")));

    public static LawFolder Folder => Loaded.Value;

    public static LawBook Book => Loaded.Value.Book;

    public static LimitCalculator Calculator => new(Book);

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AlertBot.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("the repository's root was not found above the tests");
        }
    }

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public static When At(string text, string zone = "Asia/Almaty", Precision? precision = null, string? until = null) =>
        WhenText.Read(text, Zone(zone), precision, until is null ? null : WhenText.ReadDay(until))
        ?? throw new InvalidOperationException($"'{text}' is no time");

    /// <summary>The main limit of a shipped rule, which must have an end.</summary>
    public static Limit Limit(string rule, Occasion occasion) => Calculator.Compute(Book.Find(rule)!, Book.Find(rule)!.Main, occasion) switch
    {
        LimitResult.Ends(var limit) => limit,
        var other => throw new InvalidOperationException($"{rule} gave {other}"),
    };

    public static Limit Limit(string rule, When when) => Limit(rule, new Occasion(when));

    /// <summary>Earliest and latest as people write them.</summary>
    public static (string Earliest, string Latest) Ends(string rule, When when) => Ends(Limit(rule, when));

    public static (string Earliest, string Latest) Ends(Limit limit) => (limit.Earliest.LocalText, limit.Latest.LocalText);
}
