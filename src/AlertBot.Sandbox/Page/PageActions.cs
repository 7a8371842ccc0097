using AlertBot.Domain.Channels;
using AlertBot.Sandbox.Api;

namespace AlertBot.Sandbox.Page;

/// <summary>Carries out on the phones what a visitor does on the page.</summary>
internal sealed class PageActions(SandboxWorld world, SandboxPage page)
{
    /// <summary>Telegram's limit for what a bot may download.</summary>
    public const int LargestFile = 20 << 20;

    /// <summary>Telegram's limit for a photo.</summary>
    public const int LargestPhoto = 10 << 20;

    public const int LongestName = 120;

    // A phone splits a longer text into several messages, and refuses more than these.
    private const int MostMessages = 10;

    /// <returns>Null on success, else a sentence for the visitor.</returns>
    public string? Do(PageAction action)
    {
        lock (world.Gate)
        {
            if (action is PageAction.Choose choice)
                return page.Choose(choice.Word) ? null : "This can no longer be chosen.";
            if (page.Window(action.Window) is SignalWindow onSignal)
                return SignalPageActions.Do(onSignal, action);
            if (page.Window(action.Window) is not TelegramWindow window)
                return "There is no such phone.";
            if (window.Actor(action.As) is not { } actor)
                return "This person is not in the chat.";
            if (actor.IsDeactivated)
                return "This account was deleted.";
            if (window.Phone is { HasBlockedBot: true } && action is not PageAction.Block)
                return "The bot is blocked.";
            if (window.Chat.IsDeleted)
                return "This group was deleted.";

            return action switch
            {
                PageAction.SendText text => Send(window, actor, text),
                PageAction.SendFile file => Send(window, actor, file),
                PageAction.SendLocation place => Send(window, actor, place),
                PageAction.Press press => Press(window, actor, press),
                PageAction.Block block => Block(window, block),
                PageAction.React => "The phones with Telegram put no reactions on messages.",
                _ => throw new InvalidOperationException("An action that nobody does."),
            };
        }
    }

    private static string? Send(TelegramWindow window, SandboxPhone actor, PageAction.SendText action)
    {
        if (string.IsNullOrWhiteSpace(action.Text))
            return "There is nothing to send.";
        var parts = MessageSplitter.Split(RichText.Of(action.Text.Trim()), BotApiText.LongestText);
        if (parts.Count > MostMessages)
            return "This text is too long.";
        if (TopicProblem(window, action.Thread) is { } problem)
            return problem;

        var replyTo = action.ReplyTo is { } to && window.Chat.Find(to) is not null ? action.ReplyTo : null;
        foreach (var part in parts)
        {
            actor.SendText(part.Plain, window.Group, action.Thread, replyTo);
            replyTo = null;
        }

        return null;
    }

    private static string? Send(TelegramWindow window, SandboxPhone actor, PageAction.SendFile action)
    {
        if (action.Data is not { Length: > 0 } bytes)
            return "This file is empty.";
        var image = ImageKind.Of(bytes);
        if (SizeProblem(bytes, image) is { } tooLarge)
            return tooLarge;
        if (action.Caption?.Length > 1024)
            return "The text beside a file may have 1024 letters.";
        if (TopicProblem(window, action.Thread) is { } problem)
            return problem;

        var name = string.IsNullOrWhiteSpace(action.Name) ? null : action.Name.Trim();
        actor.SendFile(
            bytes, image is null ? KindOf(action.Type) : "photo", image ?? action.Type ?? "application/octet-stream",
            action.Caption?.Trim(), window.Group, action.Thread, name?[..Math.Min(name.Length, LongestName)]);
        return null;
    }

    private static string? Send(TelegramWindow window, SandboxPhone actor, PageAction.SendLocation action)
    {
        if (!(Math.Abs(action.Latitude) <= 90 && Math.Abs(action.Longitude) <= 180))
            return "There is no such place on Earth.";
        if (TopicProblem(window, action.Thread) is { } problem)
            return problem;
        actor.SendLocation(action.Latitude, action.Longitude, window.Group, action.Thread);
        return null;
    }

    private static string? Press(TelegramWindow window, SandboxPhone actor, PageAction.Press action)
    {
        if (action.Data is not { } data
            || window.Chat.Find(action.Message) is not { } message
            || message.AllButtons.All(button => button.Data != data))
            return "This button is gone.";
        actor.Press(message, data);
        return null;
    }

    private static string? Block(TelegramWindow window, PageAction.Block action)
    {
        if (window.Phone is not { } phone)
            return "Only a person can block the bot.";
        if (action.Blocked)
            phone.BlockBot();
        else
            phone.UnblockBot();
        return null;
    }

    private static string? TopicProblem(TelegramWindow window, long? thread) => thread switch
    {
        null => null,
        { } id when !window.Chat.Topics.TryGetValue(id, out var topic) => "This topic is gone.",
        { } id when window.Chat.Topics[id].IsClosed => "This topic is closed.",
        _ => null,
    };

    public static string? SizeProblem(byte[] bytes, string? image) => (bytes.Length, image) switch
    {
        ( > LargestFile, null) => "A file may have 20 MB.",
        ( > LargestPhoto, not null) => "A photo may have 10 MB.",
        _ => null,
    };

    public static string KindOf(string? contentType) => contentType?.Split('/')[0] switch
    {
        "audio" => "voice",
        "video" => "video",
        _ => "document",
    };
}
