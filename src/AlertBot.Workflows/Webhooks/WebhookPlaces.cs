using System.Net;
using System.Net.Sockets;

namespace AlertBot.Workflows.Webhooks;

/// <summary>
/// Where a webhook may lead: to a public place over https. Nobody who may add one gets this machine to knock at what only its own network can reach
/// (server-side request forgery): the address is judged when it is given, and again as it is connected to, since a name may change its meaning.
/// </summary>
/// <param name="AllowsLoopback">Only for tests.</param>
public sealed record WebhookPlaces(bool AllowsLoopback)
{
    private static readonly IReadOnlyList<IPNetwork> Private =
    [
        .. new[]
        {
            // IANA's registries of special-purpose addresses: this network, private, shared, loopback, link-local, protocols, documentation,
            // benchmarks, relays, multicast, reserved.
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // The same of IPv6, and those that carry an address of IPv4 within.
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7",
            "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public bool Allows(Uri url) => url.IsAbsoluteUri && url.UserInfo.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (AllowsLoopback && url is { IsLoopback: true, Scheme: "http" }))
        && (!IPAddress.TryParse(url.IdnHost, out var literal) || Allows(literal))
        && (AllowsLoopback || !url.IsLoopback);

    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return (AllowsLoopback && IPAddress.IsLoopback(address))
            || (address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !Private.Any(net => net.Contains(address)));
    }
}
