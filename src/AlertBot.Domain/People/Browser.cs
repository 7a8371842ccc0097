namespace AlertBot.Domain.People;

/// <summary>A browser as a person knows it: Firefox on Windows. It uses only names listed here, so that a stranger's text is never shown.</summary>
public sealed record Browser(string Family, string System)
{
    /// <summary>Stands for a name that is not listed here.</summary>
    public const string Unknown = "unknown";

    // The first match counts: Edge and Opera also call themselves Chrome, and all of them Safari.
    private static readonly (string Sign, string Name)[] Families =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex Browser"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <param name="userAgent">The browser's name for itself.</param>
    public static Browser Of(string? userAgent) => new(NameIn(userAgent, Families), NameIn(userAgent, Systems));

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static Browser Read(string text) => text.Split('/') is [var family, var system] ? new(family, system) : new(Unknown, Unknown);

    public string ToText() => $"{Family}/{System}";

    public override string ToString() => "(browser)";

    private static string NameIn(string? userAgent, (string Sign, string Name)[] names) =>
        names.FirstOrDefault(one => userAgent?.Contains(one.Sign, StringComparison.Ordinal) == true).Name ?? Unknown;
}
