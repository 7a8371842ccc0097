namespace AlertBot.Domain.People;

/// <summary>
/// A browser as a person knows it: Firefox on Windows. Made of names known here, so nothing that a stranger sends is shown to anybody.
/// </summary>
public sealed record Browser(string Family, string System)
{
    /// <summary>What stands for a name that is not known here.</summary>
    public const string Unknown = "unknown";

    // The first that fits counts: Edge and Opera call themselves Chrome too, and all of them Safari.
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

    /// <param name="userAgent">As the browser calls itself.</param>
    public static Browser Of(string? userAgent) => new(NameIn(userAgent, Families), NameIn(userAgent, Systems));

    /// <summary>As it was written by <see cref="ToText"/>.</summary>
    public static Browser Read(string text) => text.Split('/') is [var family, var system] ? new(family, system) : new(Unknown, Unknown);

    public string ToText() => $"{Family}/{System}";

    public override string ToString() => "(browser)";

    private static string NameIn(string? userAgent, (string Sign, string Name)[] names) =>
        names.FirstOrDefault(one => userAgent?.Contains(one.Sign, StringComparison.Ordinal) == true).Name ?? Unknown;
}
