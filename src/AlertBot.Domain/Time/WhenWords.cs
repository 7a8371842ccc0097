using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace AlertBot.Domain.Time;

/// <summary>
/// Reads a time as frightened people write it, in any of our languages: <c>yesterday at 10 in the evening</c>, <c>вчера ночью</c>, <c>keshe keshqurın
/// saat 10 da</c>, <c>2 соат олдин</c>, <c>14-sentyabr</c>. People tell of what has happened, so a time that would lie ahead is read as the one
/// before, or as less exact.
/// </summary>
public static partial class WhenWords
{
    private const int LongestText = 600;

    // The most days ago that are no slip: two years.
    private const int MostAgo = 731;

    /// <summary>Null if the text has no time.</summary>
    /// <param name="zone">The zone of the place where it happened, whose days count for <c>yesterday</c>.</param>
    public static When? Read(string text, Instant now, DateTimeZone zone)
    {
        var trimmed = text.Trim();
        if (WhenText.Read(trimmed, zone) is { } written)
            return NotAhead(written is { Precision: Precision.Exact, Time: null } ? written with { Precision = Precision.Day } : written, now);

        return Find(trimmed, now, zone, isAnswer: true)?.When;
    }

    /// <summary>The time told in a longer text. "Now" does not count, because people say it of much else.</summary>
    public static WhenFound? FindIn(string text, Instant now, DateTimeZone zone) => Find(text, now, zone, isAnswer: false);

    private static WhenFound? Find(string text, Instant now, DateTimeZone zone, bool isAnswer)
    {
        if (text.Length > LongestText)
            text = text[..LongestText];
        var tokens = Tokens(text);
        var told = new WhenTold();
        for (var at = 0; at < tokens.Count;)
            at += Math.Max(1, Take(tokens, at, told, isAnswer));

        return told.In(now, zone) is { } when && NotAhead(when, now) is { } good
            ? new WhenFound(good, text[tokens[told.First].Start..tokens[told.Last].End])
            : null;
    }

    private static When? NotAhead(When when, Instant now) =>
        when.Window is { } window && window.First <= now + Duration.FromMinutes(1) ? when : null;

    /// <returns>The number of tokens understood together.</returns>
    private static int Take(List<Token> tokens, int at, WhenTold told, bool isAnswer)
    {
        var token = tokens[at];
        var taken = token.Kind switch
        {
            TokenKind.Date => told.SetDate(token.A, token.B, token.C) ? 1 : 0,
            TokenKind.Time => told.SetTime(token.A, token.B) ? 1 : 0,
            _ => TakeAgo(tokens, at, told) is > 0 and var ago ? ago
                : token.Kind == TokenKind.Number ? TakeNumber(tokens, at, told) : TakeWord(tokens, at, told, isAnswer),
        };
        if (taken > 0)
            told.Span(at, at + taken - 1);
        return taken;
    }

    // "2 hours ago", "час назад", "bir soat oldin", "half an hour ago".
    private static int TakeAgo(List<Token> tokens, int at, WhenTold told)
    {
        var (number, next) = tokens[at].Kind == TokenKind.Number ? (tokens[at].A, at + 1)
            : Phrase(tokens, at, TimeWord.Number) is ({ } written, var length) ? (written, at + length) : (1, at);
        foreach (var unit in new[] { TimeWord.HalfHour, TimeWord.Minute, TimeWord.Hour, TimeWord.Day, TimeWord.Week })
        {
            if (Phrase(tokens, next, unit) is ({ }, var long1) && Phrase(tokens, next + long1, TimeWord.Ago) is ({ }, var long2))
                return number <= MostAgo * 24 && told.SetAgo(unit, number) ? next + long1 + long2 - at : 0;
        }

        return 0;
    }

    // "13 September", "13-14 sentyabr", "с 13 на 14", "10 in the evening", "10 pm".
    private static int TakeNumber(List<Token> tokens, int at, WhenTold told)
    {
        var number = tokens[at].A;
        for (var ahead = at + 1; ahead < Math.Min(tokens.Count, at + 4); ahead++)
        {
            if (tokens[ahead].Kind == TokenKind.Number)
                return tokens[ahead].A == number + 1 || (tokens[ahead].A == 1 && number >= 28) ? TakePair(tokens, at, ahead, told) : 0;
            if (Phrase(tokens, ahead, TimeWord.Month) is ({ } month, var length) && ahead == at + 1)
            {
                var year = ahead + length < tokens.Count
                    && tokens[ahead + length] is { Kind: TokenKind.Number, A: >= 1900 and <= 2200 } after ? after.A : 0;
                return told.SetDate(number, month, year) ? ahead + length - at + (year > 0 ? 1 : 0) : 0;
            }

            foreach (var part in WhenTold.PartsOfDay)
            {
                if (Phrase(tokens, ahead, part) is ({ }, var size) && told.SetTime(number, 0))
                {
                    told.SetPart(part);
                    return ahead + size - at;
                }
            }
        }

        return 0;
    }

    private static int TakePair(List<Token> tokens, int at, int second, WhenTold told)
    {
        var month = Phrase(tokens, second + 1, TimeWord.Month);
        return told.SetNightBetween(tokens[at].A, month.Number ?? 0) ? second + 1 + (month.Number is null ? 0 : month.Length) - at : 0;
    }

    private static int TakeWord(List<Token> tokens, int at, WhenTold told, bool isAnswer)
    {
        for (var length = Math.Min(WhenVocabulary.MostWords, tokens.Count - at); length > 0; length--)
        {
            if (!tokens.GetRange(at, length).TrueForAll(token => token.Kind == TokenKind.Word))
                continue;
            var folded = string.Join(' ', tokens.Skip(at).Take(length).Select(token => token.Folded));
            foreach (var (meaning, number) in WhenVocabulary.Meanings(folded))
            {
                var follows = at + length < tokens.Count && tokens[at + length].Kind == TokenKind.Number ? tokens[at + length] : null;
                switch (meaning)
                {
                    // This weekday is also a man's name.
                    case TimeWord.Weekday when !isAnswer && folded is "juma" or "жума":
                    case TimeWord.Now when !isAnswer:
                        break;
                    case TimeWord.Month when follows is { A: >= 1 and <= 31 } day && told.SetDate(day.A, number, 0):
                        return length + 1;
                    case TimeWord.Clock when follows is { A: <= 24 } hour && !IsDate(tokens, at + length) && told.SetTime(hour.A, 0):
                        return length + 1;
                    case TimeWord.Weekday when told.SetWeekday(number, at > 0 && Phrase(tokens, at - 1, TimeWord.Last).Number is not null):
                        return length;
                    case TimeWord.Now or TimeWord.Today or TimeWord.Yesterday or TimeWord.DayBeforeYesterday when told.SetDay(meaning):
                        return length;
                    case TimeWord.Tonight or TimeWord.LastNight or TimeWord.Night or TimeWord.Morning or TimeWord.Afternoon or TimeWord.Evening
                        when told.SetPart(meaning):
                        return length + (follows is { A: >= 1 and <= 24 } alone && !IsDate(tokens, at + length)
                            && TakeAgo(tokens, at + length, new WhenTold()) == 0
                            && told.SetTime(alone.A, 0) ? 1 : 0);
                }
            }
        }

        return 0;
    }

    private static bool IsDate(List<Token> tokens, int number) => TakeAgo(tokens, number, new WhenTold()) > 0
        || Phrase(tokens, number + 1, TimeWord.Month).Number is not null
        || (number + 1 < tokens.Count && tokens[number + 1].Kind == TokenKind.Number);

    private static (int? Number, int Length) Phrase(List<Token> tokens, int at, TimeWord meaning)
    {
        for (var length = Math.Min(WhenVocabulary.MostWords, tokens.Count - at); length > 0; length--)
        {
            var words = tokens.GetRange(at, length);
            if (!words.TrueForAll(token => token.Kind == TokenKind.Word))
                continue;
            foreach (var known in WhenVocabulary.Meanings(string.Join(' ', words.Select(token => token.Folded))))
            {
                if (known.Meaning == meaning)
                    return (known.Number, length);
            }
        }

        return (null, 0);
    }

    private static List<Token> Tokens(string text) => Piece().Matches(text).Select(match =>
    {
        int Value(string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;
        var (start, end) = (match.Index, match.Index + match.Length);
        if (match.Groups["year"].Success)
            return new Token(
                start, end, TokenKind.Date, "", Value("day"), Value("month"),
                Value("year") is < 100 and > 0 and var two ? 2000 + two : Value("year"));
        if (match.Groups["hour"].Success)
            return new Token(start, end, TokenKind.Time, "", Value("hour"), Value("minute"), 0);
        // 13.09 is a day. 10.30 cannot be one, so it is a time.
        if (match.Groups["first"].Success)
            return new Token(start, end, Value("second") is >= 1 and <= 12 ? TokenKind.Date : TokenKind.Time, "", Value("first"), Value("second"), 0);
        return match.Groups["number"].Success
            ? new Token(start, end, TokenKind.Number, "", Value("number"), 0, 0)
            : new Token(start, end, TokenKind.Word, WhenVocabulary.Fold(match.Value), 0, 0, 0);
    }).ToList();

    [GeneratedRegex("""
        (?<![0-9]) (?<year>[0-9]{4}) - (?<month>[0-9]{1,2}) - (?<day>[0-9]{1,2}) (?![0-9])
        | (?<![0-9]) (?<day>[0-9]{1,2}) [./] (?<month>[0-9]{1,2}) [./] (?<year>[0-9]{4}|[0-9]{2}) (?![0-9])
        | (?<![0-9]) (?<hour>[0-9]{1,2}) : (?<minute>[0-9]{2}) (?![0-9])
        | (?<![0-9]) (?<first>[0-9]{1,2}) [./] (?<second>[0-9]{2}) (?![0-9])
        | (?<![0-9]) (?<number>[0-9]{1,4}) (?![0-9])
        | \p{L} [\p{L}\p{M}'’‘ʻʼ`´]*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Piece();

    private enum TokenKind
    {
        Word,
        Number,
        Date,
        Time,
    }

    private sealed record Token(int Start, int End, TokenKind Kind, string Folded, int A, int B, int C);
}

/// <param name="Words">The words that tell it; personal, like everything told.</param>
public sealed record WhenFound(When When, string Words)
{
    public override string ToString() => "(time told)";
}
