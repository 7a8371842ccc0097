using System.Net;

namespace AlertBot.Workflows.SignIn;

/// <summary>Where the desk is served.</summary>
/// <param name="Url">As people outside see it; null: only the operator knows.</param>
public sealed record ConsolePlace(Uri? Url)
{
    /// <summary>It opens on the machine of the program and nowhere else.</summary>
    public bool IsLocal => Url?.IsLoopback == true;

    /// <summary>Cookies go over https alone.</summary>
    public bool IsSecure => Url?.Scheme == Uri.UriSchemeHttps;

    /// <param name="publicUrl">What the operator says that people see.</param>
    /// <param name="listens">What the web server listens on; an address for all networks leads nowhere.</param>
    public static ConsolePlace Of(Uri? publicUrl, string listens) => new(
        publicUrl ?? (Uri.TryCreate(listens, UriKind.Absolute, out var url) && !IsEverywhere(url) ? url : null));

    public Uri? LinkOf(string secret) => Url is null ? null : new Uri($"{Url.AbsoluteUri.TrimEnd('/')}/console/sign-in/{secret}");

    private static bool IsEverywhere(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
