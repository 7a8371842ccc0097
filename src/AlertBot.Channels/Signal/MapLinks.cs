using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// Reads places from links to maps: Signal has no location message, so phones and people send such links. Only links that hold coordinates count, and
/// no link is ever opened.
/// </summary>
internal static partial class MapLinks
{
    // Longer than any link with words around it. A longer text is no answer to "where".
    private const int LongestText = 20_000;

    /// <summary>The place of the first link that names one.</summary>
    public static GeoPoint? Find(string? text)
    {
        if (text is null || text.Length > LongestText)
            return null;

        foreach (Match link in Link().Matches(text))
        {
            if (InLink(link.Value) is { } place)
                return place;
        }

        return null;
    }

    private static GeoPoint? InLink(string link)
    {
        if (link.StartsWith("geo:", StringComparison.OrdinalIgnoreCase))
            return Point(PairForm().Match(link), isLongitudeFirst: false);

        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || !IsOfMaps(uri))
            return null;

        // 2GIS and Yandex write the longitude first.
        var unescaped = Uri.UnescapeDataString(uri.PathAndQuery + uri.Fragment);
        var isLongitudeFirst = IsOf(uri, "2gis") || IsOf(uri, "yandex");
        foreach (var form in new[] { MarkForm(), ParameterForm(), AtForm(), SlashForm() })
        {
            if (form.Match(unescaped) is { Success: true } found && Point(found, isLongitudeFirst && form != MarkForm()) is { } place)
                return place;
        }

        return null;
    }

    private static bool IsOfMaps(Uri uri) => uri.Host.StartsWith("maps.", StringComparison.OrdinalIgnoreCase)
        || uri.AbsolutePath.Contains("/maps", StringComparison.OrdinalIgnoreCase)
        || IsOf(uri, "openstreetmap") || IsOf(uri, "osm") || IsOf(uri, "2gis") || IsOf(uri, "yandex");

    private static bool IsOf(Uri uri, string name) =>
        uri.Host.Split('.').Any(label => label.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static GeoPoint? Point(Match pair, bool isLongitudeFirst)
    {
        if (!pair.Success || !double.TryParse(pair.Groups["a"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            || !double.TryParse(pair.Groups["b"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var b))
            return null;
        var (latitude, longitude) = isLongitudeFirst ? (b, a) : (a, b);
        return Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180 ? new GeoPoint(latitude, longitude) : null;
    }

    private const string Pair = @"(?<a>[-+]?[0-9]{1,3}(\.[0-9]{1,16})?)\s*[,/]\s*(?<b>[-+]?[0-9]{1,3}(\.[0-9]{1,16})?)";

    [GeneratedRegex(@"(https?://|geo:)[^\s<>""]{3,2000}", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(Pair)]
    private static partial Regex PairForm();

    // OpenStreetMap's marker gives latitude and longitude as separate parameters.
    [GeneratedRegex(@"[?&]mlat=(?<a>[-+]?[0-9]{1,3}(\.[0-9]{1,16})?)&mlon=(?<b>[-+]?[0-9]{1,3}(\.[0-9]{1,16})?)")]
    private static partial Regex MarkForm();

    [GeneratedRegex(@"[?&](q|query|ll|sll|pt|m|daddr|destination|center)=(loc:)?" + Pair)]
    private static partial Regex ParameterForm();

    [GeneratedRegex("@" + Pair)]
    private static partial Regex AtForm();

    // .../geo/76.9,43.2 and #map=17/43.2/76.9
    [GeneratedRegex(@"(/geo/([0-9]+/)?|#map=[0-9.]{1,5}/)" + Pair)]
    private static partial Regex SlashForm();
}
