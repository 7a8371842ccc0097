using System.Text.Json.Nodes;
using AlertBot.Sandbox.Signal;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>Keys that change, and people who are gone.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private SignalCli _cli = null!;
    private SandboxSignalPhone _phone = null!;

    public async Task InitializeAsync()
    {
        _cli = await SignalCli.StartAsync();
        _phone = _cli.Sandbox.AddSignalPhone("Test Person");
    }

    public async Task DisposeAsync() => await _cli.DisposeAsync();

    [Fact]
    public async Task The_first_key_is_trusted_and_another_one_is_not()
    {
        _phone.ChangeKey();
        await SendAsync();
        _phone.ChangeKey();

        var error = await _cli.FailAsync("send", new { recipient = _phone.Uuid, message = "hello" });

        Assert.Equal((-4, "Failed to send message due to untrusted identities"), ((int)error["code"]!, (string?)error["message"]));
        Assert.Equal("IDENTITY_FAILURE", (string?)error["data"]!["response"]!["results"]![0]!["type"]);
        Assert.Single(_phone.Messages);
    }

    [Fact]
    public async Task What_a_new_key_signed_is_held_back_until_it_is_trusted()
    {
        await SendAsync();
        using var listener = await _cli.ListenAsync();
        _phone.ChangeKey();
        var said = _phone.SendText("it is me");

        var news = await listener.NextAsync();
        while (news["envelope"]!["receiptMessage"] is not null)
            news = await listener.NextAsync();
        Assert.Equal("UntrustedIdentityException", (string?)news["exception"]!["type"]);
        Assert.Equal($"Untrusted identity: {_phone.Uuid}", (string?)news["exception"]!["message"]);
        Assert.Equal(said.Timestamp, (long)news["envelope"]!["timestamp"]!);
        Assert.Equal(_phone.Uuid.ToString(), (string?)news["envelope"]!["sourceUuid"]);
        Assert.Null(news["envelope"]!["dataMessage"]);

        await _cli.CallAsync("trust", new { recipient = _phone.Uuid, trustAllKnownKeys = true });

        Assert.Equal("it is me", await listener.NextTextAsync());
        await SendAsync();
    }

    [Fact]
    public async Task A_key_is_trusted_by_its_safety_number_and_by_no_other()
    {
        await SendAsync();
        var old = _phone.SafetyNumber;
        _phone.ChangeKey();
        Assert.NotEqual(old, _phone.SafetyNumber);

        Assert.Equal(-1, (int)(await _cli.FailAsync("trust", new { recipient = _phone.Number, verifiedSafetyNumber = old }))["code"]!);
        Assert.Equal(-1, (int)(await _cli.FailAsync("trust", new { recipient = _phone.Number }))["code"]!);
        Assert.Equal(-4, (int)(await _cli.FailAsync("send", new { recipient = _phone.Uuid, message = "hello" }))["code"]!);

        await _cli.CallAsync("trust", new { recipient = _phone.Number, verifiedSafetyNumber = _phone.SafetyNumber });
        await SendAsync();
    }

    [Fact]
    public async Task Nobody_is_written_to_who_is_not_on_signal()
    {
        _phone.Unregister();

        var gone = await _cli.FailAsync("send", new { recipient = _phone.Uuid, message = "hello" });
        var never = await _cli.FailAsync("send", new { recipient = "+12025550199", message = "hello" });

        foreach (var error in new[] { gone, never })
        {
            Assert.Equal((-1, "Failed to send message"), ((int)error["code"]!, (string?)error["message"]));
            Assert.Equal("UNREGISTERED_FAILURE", (string?)error["data"]!["response"]!["results"]![0]!["type"]);
        }

        Assert.Null(never["data"]!["response"]!["results"]![0]!["recipientAddress"]!["uuid"]);
        _phone.Register();
        await SendAsync();
    }

    [Fact]
    public async Task One_of_several_who_is_reached_makes_it_a_success()
    {
        var answer = await _cli.CallAsync("send", new { recipient = new[] { _phone.Number, "+12025550199" }, message = "hello" });

        Assert.Equal(["SUCCESS", "UNREGISTERED_FAILURE"], answer["results"]!.AsArray().Select(result => (string?)result!["type"]));
    }

    private Task<JsonNode> SendAsync() => _cli.CallAsync("send", new { recipient = _phone.Uuid, message = "hello" });
}
