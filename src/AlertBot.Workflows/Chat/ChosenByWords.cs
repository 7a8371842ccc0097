using System.Globalization;
using System.Text;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// Reads a choice made without a button: the number of a line in reply to a message, or a thumb up on it. A number without a reply refers to the
/// latest message with choices.
/// </summary>
public static class ChosenByWords
{
    // A person who writes "1" while the next message is arriving has not read that message yet.
    private static readonly Duration JustCame = Duration.FromSeconds(20);
    private static readonly Duration StillMeant = Duration.FromMinutes(10);

    /// <param name="received">When the update arrived.</param>
    public static async Task<Chosen> ReadAsync(Session session, IncomingUpdate update, Address here, Instant received)
    {
        // The author of a forwarded message chose nothing here.
        if (update.Change is not null || update.IsEdit || update.IsForward || update.Deleted is not null)
            return new Chosen.Nothing();

        var isThumb = IsThumb(update.Reaction ?? update.Text);
        var number = update.Reaction is null ? NumberOf(update.Text) : null;
        if (update.Reaction is not null && (!isThumb || update.About is null))
            return new Chosen.Ignored();
        if (!isThumb && number is null)
            return new Chosen.Nothing();

        if (update.About is { } message)
        {
            var meant = await session.Offers.OfAsync(here.Id, message);
            return meant is not null && ChoiceOf(meant, number) is { } choice
                ? new Chosen.One(meant, choice)
                : update.Reaction is not null ? new Chosen.Ignored() : new Chosen.Nothing();
        }

        // People in a group count and agree with each other, so only a reply to our message is a choice.
        if (update.ChatKind == ChatKind.Group)
            return new Chosen.Nothing();

        var fitting = (await session.Offers.LatestAsync(here.Id, 2)).Where(offer => ChoiceOf(offer, number) is not null).ToList();
        return fitting switch
        {
            [] => new Chosen.Nothing(),
            [var last, var before] when last.TakenAt is null && before.TakenAt is null
                && received - last.OfferedAt < JustCame && received - before.OfferedAt < StillMeant
                && ChoiceOf(last, number)!.Data != ChoiceOf(before, number)!.Data => new Chosen.Either(
                    ChoiceOf(before, number)!, ChoiceOf(last, number)!),
            [var last, ..] => new Chosen.One(last, ChoiceOf(last, number)!),
        };
    }

    /// <summary>
    /// Null if the text is not the number of a choice. Keypads write digits as emoji, and some phones in the digits of their script.
    /// </summary>
    public static int? NumberOf(string? text)
    {
        if (text is null)
            return null;

        var digits = new StringBuilder();
        foreach (var rune in text.Trim().TrimEnd('.', ')').TrimStart('(', '#').EnumerateRunes())
        {
            if (Rune.IsDigit(rune) && (int)Rune.GetNumericValue(rune) is >= 0 and <= 9 and var digit)
                digits.Append((char)('0' + digit));
            // These characters turn a digit into a keypad emoji.
            else if (rune.Value is not (0xFE0F or 0x20E3))
                return null;
        }

        return digits.Length is 1 or 2
            && int.TryParse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
    }

    // A thumb of any colour, or a plus, which means "me" in chats.
    private static bool IsThumb(string? text) =>
        text?.Trim() is { } said && (said is "+" or "✅" || said.StartsWith("👍", StringComparison.Ordinal) && said.Length <= 5);

    // A line that is itself a number can be chosen by that number too.
    private static Choice? ChoiceOf(Offer offer, int? number) => number is { } line
        ? offer.Choices.FirstOrDefault(choice => choice.Label == line.ToString(CultureInfo.InvariantCulture))
        ?? offer.Choices.ElementAtOrDefault(line - 1)
        : offer.Choices.FirstOrDefault(choice => choice.ByThumb);
}

/// <summary>The choice that a message in words made.</summary>
public abstract record Chosen
{
    private Chosen() { }

    /// <summary>An ordinary message.</summary>
    public sealed record Nothing : Chosen;

    /// <summary>A reaction without a meaning for us.</summary>
    public sealed record Ignored : Chosen;

    public sealed record One(Offer From, Choice Choice) : Chosen;

    /// <summary>Two messages offer that number, and the later one had only just arrived. The person is asked which they meant.</summary>
    public sealed record Either(Choice Earlier, Choice Later) : Chosen;
}
