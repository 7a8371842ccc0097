using AlertBot.Domain.Channels;
using AlertBot.Domain.Places;
using AlertBot.Domain.Reports;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// The conversation with a witness. It knows no messenger, no database and no clock. Everything said is kept, as the answer to the open question or
/// as free words. Each question can be skipped, and "that is all" ends the conversation at any time; people have what was told by then.
/// </summary>
public static class ReportTalk
{
    /// <summary>Raise it when <see cref="Telling"/> changes its shape. What was told is in the report and stays.</summary>
    public const int StateVersion = 2;

    public const int ShortLimit = 200;
    public const int MostWords = 60;

    internal const string Send = "send";
    internal const string Skip = "skip";
    internal const string Back = "back";
    internal const string Clear = "clear";
    internal const string GoOn = "goon";
    internal const string Anew = "anew";
    internal const string Discard = "discard";
    internal const string ChangeOne = "change";

    public static readonly IReadOnlyList<TellingAt> Questions =
    [
        TellingAt.Kind, TellingAt.Who, TellingAt.When, TellingAt.Where, TellingAt.ByWhom, TellingAt.Witness, TellingAt.Contact, TellingAt.Attach,
    ];

    public static Telling Begin(int turn) => new() { Turn = turn, At = TellingAt.Kind };

    /// <summary>Begins with the person's own words as the first words, and asks for the first thing still missing.</summary>
    public static TellingTurn BeginWith(int turn, Heard.Told told, Instant now, DateTimeZone zone)
    {
        var kept = Keep(Begin(turn), told, now, zone);
        return kept.Turn(kept.Telling with { At = FirstMissing(kept.Telling) }, kept.Remark);
    }

    /// <summary>Continues a draft that was left.</summary>
    /// <param name="isSent">Whether people have it already.</param>
    public static Telling Resume(int turn, Guid report, ReportContent content, int files, bool isSent)
    {
        var telling = new Telling { Turn = turn, Report = report, Content = content, Files = files, IsSent = isSent };
        return telling with { At = FirstMissing(telling) };
    }

    /// <param name="zone">The reporter's zone, for words such as "yesterday".</param>
    public static TellingTurn Answer(Telling telling, Heard heard, Instant now, DateTimeZone zone) => heard switch
    {
        Heard.Pressed press when press.Turn != telling.Turn => new(telling, TellingResult.Stale),
        Heard.Pressed { Data: var data } => Press(telling, data, now, zone),
        Heard.Told told => Hear(telling, told, now, zone),
        _ => Again(telling),
    };

    private static TellingTurn Press(Telling telling, string data, Instant now, DateTimeZone zone) => (telling.At, data) switch
    {
        (_, Send) => telling.HasAnything ? new(telling, TellingResult.Send) : Again(telling, "report.nothing-yet"),
        (TellingAt.Resume, GoOn) => To(telling, FirstMissing(telling)),
        (TellingAt.Resume, Anew) => new(telling, TellingResult.Anew),
        (_, Discard) => new(telling, TellingResult.Discard),
        (TellingAt.Check, ChangeOne) => To(telling, TellingAt.Change),
        (TellingAt.Change, _) when Named<TellingAt>(data) is { } at && Questions.Contains(at) => To(telling with { IsChanging = true }, at),
        (_, Back) => GoBack(telling),
        (_, Skip) when Questions.Contains(telling.At) => Onward(telling),
        (_, Clear) when Questions.Contains(telling.At) => Onward(telling with { Content = Without(telling.Content, telling.At) }),
        (TellingAt.Kind, _) when Named<ReportKind>(data) is { } kind => With(
            telling, content => content with { Kind = kind, IsKindRead = false }),
        (TellingAt.ByWhom, _) when Named<TakenBy>(data) is { } who => With(telling, content => content with { ByWhom = who }),
        (TellingAt.Witness, _) when Named<Witness>(data) is { } witness => With(telling, content => content with { Witness = witness }),
        (TellingAt.Contact, "yes" or "no") => With(telling, content => content with { MayContact = data == "yes" }),
        (TellingAt.When, "now" or "today" or "night" or "yesterday") => With(telling, content => Pressed(content, data, now, zone)),
        _ => Again(telling),
    };

    private static TellingTurn Hear(Telling telling, Heard.Told told, Instant now, DateTimeZone zone)
    {
        var text = told.Text?.Trim();
        if (string.IsNullOrEmpty(text) && told.Point is null && told.Files is not { Count: > 0 })
            return Again(telling, "report.not-understood");

        // Thanks are neither a name nor a place.
        if (text is not null && told.Point is null && told.Files is not { Count: > 0 } && SmallTalk.Is(text))
            return Again(telling);

        // A short text alone answers a question that is answered in words. Everything else counts as further words.
        var answer = told.Point is null && told.Files is not { Count: > 0 } && !told.IsForward && text is { Length: <= ShortLimit } ? text : null;
        switch (telling.At)
        {
            case TellingAt.Who when answer is not null:
                return With(telling, content => content with { Who = answer });
            case TellingAt.When when answer is not null:
                return With(telling, content => WithTime(content, answer, WhenWords.Read(answer, now, ZoneOf(content, zone))));
            case TellingAt.Where when answer is not null:
                return With(telling, content => Placed(content with { Where = answer }, answer));
            // A place with a name.
            case TellingAt.Where when told is { Point: { } point, Files: null or { Count: 0 } } && text is { Length: > 0 and <= ShortLimit }:
                return With(telling, content => Placed(content with { Where = text }, text).At(point, told.IsLive ? told.Message : null));
        }

        var kept = Keep(telling, told, now, zone);
        // An album counts as one message, so the buttons under the answer to its first part stay valid.
        if (told.IsMoreOfAlbum)
            return kept.Turn(kept.Telling, null) with { Result = kept.NotKept is null ? TellingResult.Quiet : TellingResult.Ask };
        var isAnswered = telling.At switch
        {
            TellingAt.Kind => !string.IsNullOrEmpty(text) || kept.Telling.Content.Kind is not null,
            TellingAt.Where => told.Point is not null,
            _ => false,
        };
        // A kept answer needs no comment; a kept file does.
        var next = isAnswered && kept.NotKept != "report.too-much" ? Onward(kept.Telling) : Again(kept.Telling, kept.Remark);
        return kept.Turn(next.Next, isAnswered && told.Files is not { Count: > 0 } ? null : kept.Remark);
    }

    /// <summary>Sorts in everything given, and says what cannot be kept.</summary>
    private static Kept Keep(Telling telling, Heard.Told told, Instant now, DateTimeZone zone)
    {
        var (content, remark, notKept) = (telling.Content, (string?)null, (string?)null);
        if (told.Text?.Trim() is { Length: > 0 } text)
        {
            if (content.Words.Count >= MostWords)
            {
                notKept = "report.too-much";
            }
            else
            {
                content = Read(content.Saying(text, told.Message), text, now, zone) with
                {
                    IsForward = content.IsForward || (told.IsForward && content.Words.Count == 0),
                };
                remark = "report.added";
            }
        }

        if (told.Point is { } point)
            (content, remark) = (content.At(point, told.IsLive ? told.Message : null), "report.place-added");

        var files = FilesThatFit.Of(told.Files ?? [], telling.Files);
        if (files.Kept.Count > 0)
            remark = "report.file-added";
        return new Kept(telling with { Content = content, Files = telling.Files + files.Kept.Count }, remark, files.NotKept ?? notKept, files.Kept);
    }

    // The words are read for when, where and what, so that nothing is asked twice.
    private static ReportContent Read(ReportContent content, string text, Instant now, DateTimeZone zone)
    {
        if (content.Where is null && Cities.FindIn(text) is { } there)
            content = content with { Where = there.Said, Zone = there.City.Zone };
        if (content.When is null && WhenWords.FindIn(text, now, ZoneOf(content, zone)) is { } found)
            content = WithTime(content, found.Words, found.When);
        if (content.Kind is null && KindWords.Read(text) is { } kind)
            content = content with { Kind = kind, IsKindRead = true };
        return content;
    }

    private static ReportContent Placed(ReportContent content, string where) =>
        Cities.FindIn(where) is { } there ? content with { Zone = there.City.Zone } : content;

    private static DateTimeZone ZoneOf(ReportContent content, DateTimeZone zone) =>
        content.Zone is { } there ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(there) ?? zone : zone;

    private sealed record Kept(Telling Telling, string? Remark, string? NotKept, IReadOnlyList<IncomingFile> Files)
    {
        public TellingTurn Turn(Telling next, string? remark) => new(next, Remark: remark) { Files = Files, NotKept = NotKept };
    }

    private static ReportContent Pressed(ReportContent content, string data, Instant now, DateTimeZone zone)
    {
        // A press has no language, so the time itself is stored.
        var when = WhenWords.Read(data == "night" ? "last night" : data, now, zone)!;
        return WithTime(content, ReadAs(when).Replace('T', ' '), when);
    }

    private static ReportContent WithTime(ReportContent content, string words, When? when) => content with
    {
        When = words,
        WhenRead = when is null ? null : ReadAs(when),
        WhenPrecision = when?.Precision,
        Zone = content.Zone ?? when?.Zone.Id,
    };

    private static string ReadAs(When when) => FrozenFact.Of(when).Split(' ')[0];

    private static ReportContent Without(ReportContent content, TellingAt at) => at switch
    {
        TellingAt.Kind => content with { Kind = null, IsKindRead = false },
        TellingAt.Who => content with { Who = null },
        TellingAt.When => content with { When = null, WhenRead = null, WhenPrecision = null },
        TellingAt.Where => content with { Where = null, Point = null, MovesIn = null },
        TellingAt.ByWhom => content with { ByWhom = null },
        TellingAt.Witness => content with { Witness = null },
        TellingAt.Contact => content with { MayContact = null },
        _ => content,
    };

    /// <summary>Whether a question is answered.</summary>
    internal static bool IsTold(Telling telling, TellingAt at) => at switch
    {
        TellingAt.Kind => telling.Content.Kind is not null,
        TellingAt.Who => telling.Content.Who is not null,
        TellingAt.When => telling.Content.When is not null,
        TellingAt.Where => telling.Content.Where is not null || telling.Content.Point is not null,
        TellingAt.ByWhom => telling.Content.ByWhom is not null,
        TellingAt.Witness => telling.Content.Witness is not null,
        TellingAt.Contact => telling.Content.MayContact is not null,
        TellingAt.Attach => telling.Files > 0,
        _ => false,
    };

    private static TellingAt FirstMissing(Telling telling) => After(telling, null);

    // A witness who told something in one message is not asked for it again.
    private static TellingAt After(Telling telling, TellingAt? at) =>
        Questions.Where(next => (at is null || next > at) && !IsTold(telling, next)).Append(TellingAt.Check).First();

    private static T? Named<T>(string data)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Words.Snake(value!.Value.ToString()!) == data);

    private static TellingTurn With(Telling telling, Func<ReportContent, ReportContent> with) => Onward(
        telling with { Content = with(telling.Content) });

    private static TellingTurn Onward(Telling telling) =>
        To(telling with { IsChanging = false }, telling.IsChanging ? TellingAt.Check : After(telling, telling.At));

    private static TellingTurn GoBack(Telling telling) => telling switch
    {
        { At: TellingAt.Change } or { IsChanging: true } => To(telling with { IsChanging = false }, TellingAt.Check),
        { At: TellingAt.Resume or TellingAt.Kind } => Again(telling),
        _ => To(telling, Questions.Last(at => at < telling.At)),
    };

    private static TellingTurn To(Telling telling, TellingAt at) => new(telling with { At = at, Turn = telling.Turn + 1 });

    private static TellingTurn Again(Telling telling, string? remark = null) => new(telling with { Turn = telling.Turn + 1 }, Remark: remark);
}
