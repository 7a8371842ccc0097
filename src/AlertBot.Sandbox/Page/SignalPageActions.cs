using System.Globalization;
using AlertBot.Sandbox.Signal;

namespace AlertBot.Sandbox.Page;

/// <summary>Carries out on the Signal phones what a visitor does on the page. Called under the gate.</summary>
internal static class SignalPageActions
{
    private const int LongestText = 20_000;

    /// <returns>Null on success, else a sentence for the visitor.</returns>
    public static string? Do(SignalWindow window, PageAction action)
    {
        if (window.Actor(action.As) is not { } actor)
            return "This person is not in the chat.";
        if (!actor.IsRegistered)
            return "This account was deleted.";
        if (window.Phone is { HasBlockedBot: true } && action is not PageAction.Block)
            return "The bot is blocked.";

        switch (action)
        {
            case PageAction.SendText text:
                return Send(window, actor, text);
            case PageAction.SendFile file:
                return Send(window, actor, file);
            case PageAction.SendLocation place when !(Math.Abs(place.Latitude) <= 90 && Math.Abs(place.Longitude) <= 180):
                return "There is no such place on Earth.";
            case PageAction.SendLocation place:
                actor.SendLocation(place.Latitude, place.Longitude, window.Group);
                return null;
            case PageAction.React react:
                return React(window, actor, react);
            case PageAction.Block block:
                return Block(window, block);
            default:
                return "Signal has no such thing.";
        }
    }

    private static string? Send(SignalWindow window, SandboxSignalPhone actor, PageAction.SendText action)
    {
        if (string.IsNullOrWhiteSpace(action.Text))
            return "There is nothing to send.";
        if (action.Text.Length > LongestText)
            return "This text is too long.";
        if (action.ReplyTo is { } to && Find(window, to) is { } quoted)
            actor.Quote(quoted, action.Text.Trim());
        else
            actor.SendText(action.Text.Trim(), window.Group);
        return null;
    }

    private static string? Send(SignalWindow window, SandboxSignalPhone actor, PageAction.SendFile action)
    {
        if (action.Data is not { Length: > 0 } bytes)
            return "This file is empty.";
        var image = ImageKind.Of(bytes);
        if (PageActions.SizeProblem(bytes, image) is { } tooLarge)
            return tooLarge;
        if (action.Caption?.Length > LongestText)
            return "This text is too long.";

        var name = string.IsNullOrWhiteSpace(action.Name) ? null : action.Name.Trim();
        actor.SendFile(
            bytes, image is null ? PageActions.KindOf(action.Type) : "photo", image ?? action.Type ?? "application/octet-stream",
            action.Caption?.Trim(), window.Group, name?[..Math.Min(name.Length, PageActions.LongestName)]);
        return null;
    }

    private static string? React(SignalWindow window, SandboxSignalPhone actor, PageAction.React action)
    {
        if (Find(window, action.Message) is not { IsService: false } message)
            return "This message is gone.";
        if (action.Emoji is not { Length: > 0 } emoji || new StringInfo(emoji).LengthInTextElements != 1)
            return "A reaction is one emoji.";
        if (message.Reactions.Contains(new SandboxSignalReaction(actor.Uuid, emoji)))
            actor.TakeReactionBack(message, emoji);
        else
            actor.React(message, emoji);
        return null;
    }

    private static string? Block(SignalWindow window, PageAction.Block action)
    {
        if (window.Phone is not { } phone)
            return "Only a person can block the bot.";
        if (action.Blocked)
            phone.BlockBot();
        else
            phone.UnblockBot();
        return null;
    }

    private static SandboxSignalMessage? Find(SignalWindow window, long timestamp) =>
        window.Chat.All.FirstOrDefault(message => message.Timestamp == timestamp && !message.IsDeleted);
}
