using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.Sandbox.Page;

/// <summary>On Signal.</summary>
internal sealed record SignalWindow(
    string Key, SignalWorld Signal, SandboxSignalPhone? Phone, SandboxSignalGroup? Group, DateTimeZone Zone) : PageWindow(Key, Zone)
{
    public SandboxSignalChat Chat => Phone?.Chat ?? Group!.Chat;

    /// <summary>Who acts in it: the owner of the phone; in a group any member, the first unless said.</summary>
    public SandboxSignalPhone? Actor(long? id) => Phone is not null
        ? (id is null || id == Phone.Id ? Phone : null)
        : Group!.Members.FirstOrDefault(member => id is null || member.Id == id);
}
