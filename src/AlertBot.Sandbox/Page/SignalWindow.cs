using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.Sandbox.Page;

/// <summary>A window on Signal.</summary>
internal sealed record SignalWindow(
    string Key, SignalWorld Signal, SandboxSignalPhone? Phone, SandboxSignalGroup? Group, DateTimeZone Zone) : PageWindow(Key, Zone)
{
    public SandboxSignalChat Chat => Phone?.Chat ?? Group!.Chat;

    /// <summary>The person who acts in it: the phone's owner, or in a group the given member, by default the first.</summary>
    public SandboxSignalPhone? Actor(long? id) => Phone is not null
        ? (id is null || id == Phone.Id ? Phone : null)
        : Group!.Members.FirstOrDefault(member => id is null || member.Id == id);
}
