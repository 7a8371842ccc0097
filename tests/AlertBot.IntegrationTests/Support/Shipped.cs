using AlertBot.Hosting;

namespace AlertBot.IntegrationTests.Support;

/// <summary>The settings, law, policies and texts that are shipped, read once for all tests that change none of them.</summary>
internal static class Shipped
{
    private static readonly Lazy<Ground> Read = new(() => Ground.Load());

    public static Ground Ground => Read.Value;
}
