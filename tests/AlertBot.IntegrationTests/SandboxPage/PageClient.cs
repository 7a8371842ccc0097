using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.SandboxPage;

/// <summary>A sandbox with one phone on its page, and a client that talks to the page without a browser.</summary>
internal sealed class PageClient : IAsyncDisposable
{
    private PageClient(SandboxServer sandbox)
    {
        Sandbox = sandbox;
        Phone = sandbox.AddPerson("Marta", onPage: true);
        Http = new HttpClient { BaseAddress = sandbox.Url };
    }

    public SandboxServer Sandbox { get; }

    public SandboxPhone Phone { get; }

    public HttpClient Http { get; }

    public static async Task<PageClient> StartAsync() => new(await SandboxServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Sandbox.DisposeAsync();
    }
}
