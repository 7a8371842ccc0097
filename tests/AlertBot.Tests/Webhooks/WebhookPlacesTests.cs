using System.Net;
using AlertBot.Domain.Webhooks;
using AlertBot.Workflows.Webhooks;
using NodaTime;

namespace AlertBot.Tests.Webhooks;

/// <summary>Nobody gets this machine to knock at what only its own network can reach.</summary>
public sealed class WebhookPlacesTests
{
    private static readonly WebhookPlaces Places = new(AllowsLoopback: false);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_not_public_is_not_called(string address) => Assert.False(Places.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("::ffff:93.184.216.34")]
    public void A_public_one_is(string address) => Assert.True(Places.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://example.org/", false)]
    [InlineData("https://user:word@example.org/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://0x7f.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://example.org/#here", false)]
    [InlineData("https://example.org:8443/hook?of=us", true)]
    public void An_address_is_judged_as_it_is_given(string url, bool isAllowed) => Assert.Equal(isAllowed, Places.Allows(new Uri(url)));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        using var post = new WebhookPost(Places);
        var to = new Webhook(WebhookId.New(), new Uri($"https://{Dns.GetHostName()}:1/"), "secret", [WebhookKind.Fact], Instant.MinValue);
        var call = new WebhookCall(Guid.NewGuid(), to.Id, WebhookKind.Fact, "release", null, "K-7F3Q", null, Instant.FromUtc(2026, 3, 2, 9, 0), 1);

        // Where the machine's own name is unknown to it, it leads nowhere.
        Assert.Contains(await post.SendAsync(to, call, call.At, CancellationToken.None), new[] { "address", "name" });
    }
}
