using System.Net;

namespace AlertBot.Workflows.SignIn;

/// <summary>Where the desk is served.</summary>
/// <param name="Url">The public address; null if only the operator knows it.</param>
public sealed record ConsolePlace(Uri? Url)
{
    /// <summary>Whether it opens only on the program's own machine.</summary>
    public bool IsLocal => Url?.IsLoopback == true;

    /// <summary>Whether cookies go over https only.</summary>
    public bool IsSecure => Url?.Scheme == Uri.UriSchemeHttps;

    /// <param name="publicUrl">The public address that the operator set.</param>
    /// <param name="listens">The address that the web server listens on; one for all networks leads nowhere.</param>
    public static ConsolePlace Of(Uri? publicUrl, string listens) => new(
        publicUrl ?? (Uri.TryCreate(listens, UriKind.Absolute, out var url) && !IsEverywhere(url) ? url : null));

    public Uri? LinkOf(string secret) => Url is null ? null : new Uri($"{Url.AbsoluteUri.TrimEnd('/')}/console/sign-in/{secret}");

    private static bool IsEverywhere(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
