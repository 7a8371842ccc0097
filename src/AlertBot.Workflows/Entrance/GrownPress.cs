using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Subscribing;

namespace AlertBot.Workflows.Entrance;

/// <summary><c>grown:GROUP</c> under an alert that a group has grown: stops the group's alerts.</summary>
public sealed class GrownPress(WatchGroup watchGroup) : IPress
{
    public string Prefix => "grown";

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || talk.Person is null || !Guid.TryParseExact(data, "N", out var id)
            || await talk.Session.Addresses.FindAsync(new AddressId(id)) is not { } group
            || !await watchGroup.UnlinkAsync(talk.Session, group))
            talk.Notice("button.stale");
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "growth.unlinked", ("title", await talk.Session.Addresses.TitleAsync(group.Id) ?? "–")));
    }
}
