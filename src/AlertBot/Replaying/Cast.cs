using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>The people of a replay, each with a phone on the sandbox's page. All are invented.</summary>
public sealed record Cast(
    SandboxPhone Reporter, SandboxPhone Coordinator, SandboxPhone SecondCoordinator, IReadOnlyList<SandboxPhone> Advocates, SandboxGroup Group)
{
    /// <summary>Role, address and language, as <c>people import</c> takes them.</summary>
    public IEnumerable<(string Role, ChannelAddress Address, string Language)> Rows =>
    [
        ("owner", Coordinator.Address, Coordinator.Language),
        ("coordinator", SecondCoordinator.Address, SecondCoordinator.Language),
        .. Advocates.Select(phone => ("advocate", phone.Address, phone.Language)),
        ("group", Group.Address, "en"),
    ];

    public static Cast On(SandboxServer sandbox)
    {
        var almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var reporter = sandbox.AddPerson("Aygul", "ru", "reporter", almaty, onPage: true);
        var coordinator = sandbox.AddPerson("Marta", "en", "coordinator", DateTimeZoneProviders.Tzdb["Europe/Warsaw"], onPage: true);
        var second = sandbox.AddPerson("Jonas", "en", "second coordinator", DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var lawyer = sandbox.AddPerson("Dana", "ru", "advocate", almaty, onPage: true);
        var abroad = sandbox.AddPerson("Ruth", "en", "advocate", DateTimeZoneProviders.Tzdb["Europe/Vienna"], onPage: true);
        var group = sandbox.AddGroup("Rapid response", [coordinator, second, lawyer, abroad], onPage: true);
        return new Cast(reporter, coordinator, second, [lawyer, abroad], group);
    }
}
