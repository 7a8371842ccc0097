using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Configuration;

/// <summary>Reads given settings into their types. An unreadable value becomes a problem and counts as not given.</summary>
internal sealed partial class SettingReader(GivenSettings given, List<SettingProblem> problems)
{
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public GivenSetting? Given(string key) => given[key];

    public string? Text(string key) => given[key]?.Text;

    /// <summary>A secret that must match a pattern.</summary>
    public string? Secret(string key, Regex form, string what)
    {
        if (given[key] is not { } value || form.IsMatch(value.Text))
            return given[key]?.Text;

        Report(value, $"{key} is not {what} (the value is not shown)");
        return null;
    }

    public string? FilePath(string key) =>
        given[key] is { } value ? Path.GetFullPath(value.Text, value.BaseDirectory) : null;

    public Uri? Url(string key)
    {
        if (given[key] is not { } value)
            return null;

        if (!Uri.TryCreate(value.Text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            Report(value, $"{key} must be an address that begins with http:// or https://, not '{Shown(value.Text)}'");
        else if (url.UserInfo.Length > 0 || TokenInUrl().IsMatch(value.Text))
            Report(value, $"{key} holds a token or password: leave it out of the address (the value is not shown)");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            Report(value, $"{key} must end before the first ? or #");
        else
            return url;

        return null;
    }

    /// <summary>A messenger's address. Over a network it must be encrypted, unless the operator allows plain HTTP.</summary>
    /// <param name="allow">The setting that allows it.</param>
    public Uri? SafeUrl(string key, string allow)
    {
        var isMeant = Choice<YesOrNo>(allow) == YesOrNo.True;
        var url = Url(key);
        if (url is null || url.Scheme == "https" || url.IsLoopback || isMeant)
            return url;

        Report(
            given[key]!, $"{key} is http:// on another machine: whoever is in between reads and writes everything. Use https://, or, where the "
            + $"network between is your own, set {allow} to true");
        return null;
    }

    /// <summary>An address with a secret in its path, which no message shows.</summary>
    public Uri? SecretUrl(string key)
    {
        if (given[key] is not { } value)
            return null;
        if (Uri.TryCreate(value.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0)
            return url;

        Report(value, $"{key} must be an address that begins with https:// (the value is not shown)");
        return null;
    }

    /// <summary>An address to listen on; <c>*</c> means all addresses of this machine.</summary>
    public string? ListenUrl(string key)
    {
        if (given[key] is not { } value)
            return null;

        try
        {
            var address = BindingAddress.Parse(value.Text);
            if (address.Scheme.ToLowerInvariant() is "http" or "https" && address.PathBase.Length == 0 && address.Port is >= 0 and <= 65_535)
                return value.Text;
        }
        catch (FormatException)
        {
            // Reported below with the other mistakes.
        }

        Report(value, $"{key} must be an address to listen on, such as http://127.0.0.1:5080 or http://*:8080, not '{Shown(value.Text)}'");
        return null;
    }

    public double? Number(string key, double above, double most)
    {
        if (given[key] is not { } value)
            return null;
        if (double.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > above && number <= most)
            return number;

        Report(value, string.Create(
            CultureInfo.InvariantCulture, $"{key} must be a number above {above} and at most {most}, not '{Shown(value.Text)}'"));
        return null;
    }

    public int? WholeNumber(string key, int least, int most)
    {
        if (given[key] is not { } value)
            return null;
        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        Report(value, string.Create(
            CultureInfo.InvariantCulture, $"{key} must be a whole number from {least} to {most}, not '{Shown(value.Text)}'"));
        return null;
    }

    public LocalTime? TimeOfDay(string key)
    {
        if (given[key] is not { } value)
            return null;
        if (Minutes.Parse(value.Text).TryGetValue(default, out var time))
            return time;

        Report(value, $"{key} must be a time of the day such as 03:00, not '{Shown(value.Text)}'");
        return null;
    }

    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        if (given[key] is not { } value)
            return null;

        var known = Enum.GetValues<T>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);
        if (known.TryGetValue(value.Text, out var chosen))
            return chosen;

        Report(value, $"{key} must be one of {string.Join(", ", known.Keys)}, not '{Shown(value.Text)}'{Nearest.Hint(value.Text, known.Keys)}");
        return null;
    }

    /// <summary>The name of a value in the settings.</summary>
    public static string NameOf<T>(T choice)
        where T : struct, Enum => Words.Snake(choice.ToString());

    public void Report(GivenSetting value, string text) => problems.Add(new SettingProblem(value.Where, text));

    // People paste secrets into the wrong line, so a possible secret is not repeated.
    private static string Shown(string text) =>
        text.Length > 60 || text.Contains('@', StringComparison.Ordinal) || TokenInUrl().IsMatch(text) ? "(not shown)" : text;

    [GeneratedRegex(@"[0-9]{5,}:[A-Za-z0-9_-]{20,}")]
    private static partial Regex TokenInUrl();
}

/// <summary>A setting that is on or off.</summary>
internal enum YesOrNo
{
    False,
    True,
}
