namespace AlertBot.Workflows.Chat;

/// <summary>Decides who handles an update: a press, a command, an open conversation, or nobody.</summary>
public sealed class Router(
    IEnumerable<IChatCommand> commands, IEnumerable<IConversation> conversations, IEnumerable<IPress> presses, IChatChanges changes,
    IFirstWords? firstWords = null, IEnumerable<IOverhears>? overhear = null)
{
    private readonly Dictionary<string, IChatCommand> _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, IConversation> _conversations = conversations.ToDictionary(talk => talk.Kind, StringComparer.Ordinal);
    private readonly Dictionary<string, IPress> _presses = presses.ToDictionary(press => press.Prefix, StringComparer.Ordinal);

    public async Task HandleAsync(Talk talk)
    {
        switch (talk.Update)
        {
            case { Change: { } change }:
                await changes.HandleAsync(talk, change);
                break;
            case { Pressed: { } data }:
                await PressAsync(talk, data);
                break;
            case { IsAddressed: false } or { IsEdit: true } when talk.IsGroup:
                break;
            case { Deleted: { } message }:
                if (!talk.IsGroup && firstWords is not null)
                    await firstWords.DeletedAsync(talk, message);
                break;
            case { IsEdit: true }:
                await ChangedAsync(talk);
                break;
            // A forwarded text is somebody else's words and no command to us.
            case { Text: ['/', ..] text, IsForward: false }:
                await CommandAsync(talk, text);
                break;
            default:
                await ContinueAsync(talk);
                break;
        }
    }

    private async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':', 2);
        if (parts.Length == 2 && _presses.TryGetValue(parts[0], out var press))
            await press.PressAsync(talk, parts[1]);
        else
            talk.Notice("button.stale");
    }

    private async Task CommandAsync(Talk talk, string text)
    {
        var end = text.AsSpan().IndexOfAny(" \n\t\u00a0");
        var name = (end < 0 ? text[1..] : text[1..end]).ToLowerInvariant();
        var isPlace = _commands.TryGetValue(name, out var command)
            && (command.Place == CommandPlace.Anywhere || command.Place == CommandPlace.Group == talk.IsGroup);
        var isHere = isPlace && (command!.Needs == Domain.People.Role.Reporter || talk.May(command.Needs));

        if (isHere)
        {
            // A command ends the conversation before it.
            if (!talk.IsGroup)
                await talk.Session.Conversations.EndAsync(talk.Here.Id);
            await command!.RunAsync(talk, end < 0 ? "" : text[end..].Trim());
        }
        else if (!talk.IsGroup)
        {
            await UnknownAsync(talk, end < 0 ? "" : text[end..].Trim());
        }
        else if (isPlace && talk.Update.Sender is null)
        {
            // An admin who writes as the group may be anybody, so the answer reveals nothing about roles.
            talk.Reply("group.anonymous");
        }
    }

    // In fear people type a command that they have heard of somewhere, such as /sos, and then what happened. We handle the words as a message. People
    // with a role mistype commands about cases, and are told so.
    private async Task UnknownAsync(Talk talk, string words)
    {
        var isSaid = IsSaid(words) || talk.Update.Location is not null || talk.Update.Files.Count > 0;
        if (talk.May(Domain.People.Role.Advocate))
            isSaid = words.Contains(' ', StringComparison.Ordinal) && await talk.Session.Conversations.FindAsync(talk.Here.Id) is null;
        if (isSaid && firstWords is not null)
            await ContinueAsync(talk with { Update = talk.Update with { Text = words } });
        else
            talk.Reply("unknown-command");
    }

    // Several words, or a name. A case code after a command of another role does not count.
    private static bool IsSaid(string words) => words.Contains(' ', StringComparison.Ordinal)
        || (words.Length > 2 && words.All(letter => char.IsLetter(letter)) && (char.IsUpper(words[0]) || words.Any(letter => letter > 127)));

    // An edited message does not repeat its command, and gives people with a role no new answer.
    private async Task ChangedAsync(Talk talk)
    {
        if (talk.Update.Text is not ['/', ..] && firstWords is not null && await firstWords.ChangedAsync(talk))
            return;
        if (talk.Update.Text is ['/', ..] || await talk.Session.Conversations.FindAsync(talk.Here.Id) is not null)
            talk.Reply("talk.changed");
    }

    private async Task ContinueAsync(Talk talk)
    {
        foreach (var listener in talk.IsGroup ? [] : overhear ?? [])
        {
            if (await listener.TakesAsync(talk))
                return;
        }

        if (await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && _conversations.TryGetValue(saved.Kind, out var conversation))
        {
            // One part of an album was already answered. If files are no answer, the other parts are ignored.
            if (!talk.IsMoreOfAlbum || conversation.TakesFiles)
                await conversation.ContinueAsync(talk, saved);
        }
        else if (!talk.IsGroup && firstWords is not null)
            await firstWords.HearAsync(talk);
        else if (!talk.IsGroup)
            talk.Reply("unknown-command");
    }
}
