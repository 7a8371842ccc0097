using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>The people of a replay, all invented, each with a phone on the sandbox's page.</summary>
public sealed record Cast(
    SandboxPhone Reporter, SandboxPhone Coordinator, SandboxPhone SecondCoordinator, IReadOnlyList<SandboxPhone> Advocates, SandboxGroup Group)
{
    /// <summary>An advocate who has only Signal; null if there is none.</summary>
    public SandboxSignalPhone? OnSignal { get; init; }

    /// <summary>Role, address and language of each, as <c>people import</c> takes them.</summary>
    public IEnumerable<(string Role, ChannelAddress Address, string Language)> Rows =>
    [
        ("owner", Coordinator.Address, Coordinator.Language),
        ("coordinator", SecondCoordinator.Address, SecondCoordinator.Language),
        .. Advocates.Select(phone => ("advocate", phone.Address, phone.Language)),
        ("group", Group.Address, "en"),
        .. OnSignal is { } phone ? [("advocate", phone.Address, phone.Language)] : Array.Empty<(string, ChannelAddress, string)>(),
    ];

    /// <summary>Adds two people on Signal: an advocate, and a person without a role who may report.</summary>
    public Cast AndSignal(SandboxServer sandbox)
    {
        sandbox.AddSignalPhone("Timur", language: "ru", role: "reporter on Signal", zone: Reporter.Zone, onPage: true);
        return this with { OnSignal = sandbox.AddSignalPhone("Lena", role: "advocate on Signal", zone: Coordinator.Zone, onPage: true) };
    }

    public static Cast On(SandboxServer sandbox)
    {
        var almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var reporter = sandbox.AddPerson("Aygul", "ru", "reporter", almaty, hasStarted: false, onPage: true);
        var coordinator = sandbox.AddPerson("Marta", "en", "owner", DateTimeZoneProviders.Tzdb["Europe/Warsaw"], onPage: true);
        var second = sandbox.AddPerson("Jonas", "en", "coordinator", DateTimeZoneProviders.Tzdb["Europe/Berlin"], onPage: true);
        var lawyer = sandbox.AddPerson("Dana", "ru", "advocate", almaty, onPage: true);
        var abroad = sandbox.AddPerson("Ruth", "en", "advocate", DateTimeZoneProviders.Tzdb["Europe/Vienna"], onPage: true);
        var group = sandbox.AddGroup("Rapid response", [coordinator, second, lawyer, abroad], onPage: true);
        return new Cast(reporter, coordinator, second, [lawyer, abroad], group);
    }
}
