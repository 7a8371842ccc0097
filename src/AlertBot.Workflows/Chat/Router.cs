using System.Text;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Chat;

/// <summary>Decides who handles an update: a press, a command, an open conversation, or nobody.</summary>
public sealed class Router(
    IEnumerable<IChatCommand> commands, IEnumerable<IConversation> conversations, IEnumerable<IPress> presses, IChatChanges changes,
    IFirstWords? firstWords = null, IEnumerable<IOverhears>? overhear = null)
{
    private const string Typed = "type:";

    private const int ShortName = 4;

    // Of callback data, and of a label that shows in one line.
    private const int LongestData = 64;
    private const int LongestLabel = 40;

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
        if (!talk.IsGroup && data.StartsWith(Typed, StringComparison.Ordinal))
            await CommandAsync(talk, "/" + data[Typed.Length..]);
        else if (parts.Length == 2 && _presses.TryGetValue(parts[0], out var press))
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
            // Whoever gives a command has left the conversation before it.
            if (!talk.IsGroup && command!.LeavesTalk)
                await talk.Session.Conversations.EndAsync(talk.Here.Id);
            await command!.RunAsync(talk, end < 0 ? "" : text[end..].Trim());
        }
        else if (!talk.IsGroup)
        {
            await UnknownAsync(talk, name, end < 0 ? "" : text[end..].Trim());
        }
        else if (isPlace && talk.Update.Sender is null)
        {
            // An admin who writes as the group may be anybody, so the answer reveals nothing about roles.
            talk.Reply("group.anonymous");
        }
    }

    // In fear people type a command that they have heard of somewhere: /sos and what happened. The words count, not the command. Who
    // works here mistypes commands about cases, and is told so.
    private async Task UnknownAsync(Talk talk, string name, string words)
    {
        if (words.Length == 0 && HelpWords.Are(name) && _commands.TryGetValue("help", out var help))
        {
            await help.RunAsync(talk, "");
            return;
        }

        var isSaid = IsSaid(words) || talk.Update.Location is not null || talk.Update.Files.Count > 0;
        if (talk.May(Domain.People.Role.Advocate))
            isSaid = words.Contains(' ', StringComparison.Ordinal) && !BeginsWithCode(words)
                && await talk.Session.Conversations.FindAsync(talk.Here.Id) is null;
        if (isSaid && firstWords is not null)
            await ContinueAsync(talk with { Update = talk.Update with { Text = words } });
        else
            Unknown(talk, name, words);
    }

    // One letter of a command was wrong: the right one is a press away. Only what this person may do is offered, so it gives nothing away.
    private void Unknown(Talk talk, string name, string words)
    {
        var mine = _commands.Values.Where(command => command.Place != CommandPlace.Group
            && (command.Needs == Domain.People.Role.Reporter || talk.May(command.Needs))).Select(command => command.Name);
        if (Nearest.Of(name, mine, most: name.Length <= ShortName ? 1 : 2) is not { } meant)
        {
            talk.Reply("unknown-command");
            return;
        }

        var data = TypedBy(meant, words);
        talk.Reply(
            talk.Texts.Say(talk.Language, "unknown-command-near", ("name", meant)),
            [[new Choice("/" + Shortened.To(data[Typed.Length..], LongestLabel), data)]]);
    }

    /// <summary>Data of a button that types a command for the person: the same as if they had typed it, with the same checks.</summary>
    /// <param name="behind">Left out where it is too long for a button.</param>
    public static string TypedBy(string command, string behind)
    {
        var whole = $"{Typed}{command} {behind}".Trim();
        return Encoding.UTF8.GetByteCount(whole) <= LongestData ? whole : Typed + command;
    }

    private static bool BeginsWithCode(string words)
    {
        var first = words.Split([' ', '\n', '\t'], 2)[0];
        return Domain.Cases.CaseCode.TryParse(first, out _) || Domain.Incidents.IncidentCode.TryParse(first, out _);
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

        var saved = talk.IsFirst ? null : await talk.Session.Conversations.FindAsync(talk.Here.Id);
        if (saved is not null && _conversations.TryGetValue(saved.Kind, out var conversation))
        {
            // Where no picture is an answer, a bare word for help is none either.
            if (!conversation.TakesFiles && HelpWords.Are(talk.Update.Text) && _commands.TryGetValue("help", out var help))
                await help.RunAsync(talk, "");
            // Of an album one part was answered: where pictures are no answer, the others are none either.
            else if (!talk.IsMoreOfAlbum || conversation.TakesFiles)
                await conversation.ContinueAsync(talk, saved);
        }
        else if (!talk.IsGroup && firstWords is not null)
            await firstWords.HearAsync(talk);
        else if (!talk.IsGroup)
            talk.Reply("unknown-command");
    }
}
