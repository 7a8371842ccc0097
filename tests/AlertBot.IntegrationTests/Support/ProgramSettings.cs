using System.Net;
using System.Net.Sockets;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Settings for a program in its own process, as environment variables.</summary>
internal static class ProgramSettings
{
    public static Dictionary<string, string> For(TestDatabase database, TemporaryDirectory directory, SandboxServer? sandbox = null)
    {
        var settings = Private(directory, sandbox);
        settings["ConnectionStrings__AlertBot"] = database.ConnectionString;
        return settings;
    }

    /// <summary>Settings for a private cluster in the directory.</summary>
    public static Dictionary<string, string> Private(TemporaryDirectory directory, SandboxServer? sandbox = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["Encryption__KeyFile"] = directory["master.key"],
            ["Data__Directory"] = directory.Path,
            ["Web__Url"] = $"http://127.0.0.1:{FreePort()}",
        };
        if (sandbox is not null)
        {
            settings["Telegram__Token"] = sandbox.Token;
            settings["Telegram__ApiUrl"] = sandbox.Url.AbsoluteUri;
        }

        return settings;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
