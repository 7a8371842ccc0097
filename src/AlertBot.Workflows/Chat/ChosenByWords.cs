using System.Globalization;
using System.Text;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// A choice made without a button: the number of a line in answer to a message, or a thumb up on it. A number that quotes nothing
/// belongs to the message that offered something last.
/// </summary>
public static class ChosenByWords
{
    // Whoever writes "1" while the next message is arriving has not read that one yet.
    private static readonly Duration JustCame = Duration.FromSeconds(20);
    private static readonly Duration StillMeant = Duration.FromMinutes(10);

    /// <param name="received">When the update came in.</param>
    public static async Task<Chosen> ReadAsync(Session session, IncomingUpdate update, Address here, Instant received)
    {
        // What is passed on was written by somebody else, who chose nothing here.
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

        // In a group people count, and agree with each other: there, what is not an answer to us is not for us.
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

    /// <summary>Null: it is no number of a choice. Keypads write digits as emoji, some phones in the digits of their script.</summary>
    public static int? NumberOf(string? text)
    {
        if (text is null)
            return null;

        var digits = new StringBuilder();
        foreach (var rune in text.Trim().TrimEnd('.', ')').TrimStart('(', '#').EnumerateRunes())
        {
            if (Rune.IsDigit(rune) && (int)Rune.GetNumericValue(rune) is >= 0 and <= 9 and var digit)
                digits.Append((char)('0' + digit));
            // What makes a keypad of a digit.
            else if (rune.Value is not (0xFE0F or 0x20E3))
                return null;
        }

        return digits.Length is 1 or 2
            && int.TryParse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
    }

    // A thumb of any colour, or a plus, which is how people say "me" in chats.
    private static bool IsThumb(string? text) =>
        text?.Trim() is { } said && (said is "+" or "✅" || said.StartsWith("👍", StringComparison.Ordinal) && said.Length <= 5);

    // A line that is itself a number is meant by that number too.
    private static Choice? ChoiceOf(Offer offer, int? number) => number is { } line
        ? offer.Choices.FirstOrDefault(choice => choice.Label == line.ToString(CultureInfo.InvariantCulture))
        ?? offer.Choices.ElementAtOrDefault(line - 1)
        : offer.Choices.FirstOrDefault(choice => choice.ByThumb);
}

/// <summary>What a message in words chose.</summary>
public abstract record Chosen
{
    private Chosen() { }

    /// <summary>It is an ordinary message.</summary>
    public sealed record Nothing : Chosen;

    /// <summary>A sign under a message that means nothing to us.</summary>
    public sealed record Ignored : Chosen;

    public sealed record One(Offer From, Choice Choice) : Chosen;

    /// <summary>Two messages offer that number, and the later one had only just come: the person is asked which they meant.</summary>
    public sealed record Either(Choice Earlier, Choice Later) : Chosen;
}
