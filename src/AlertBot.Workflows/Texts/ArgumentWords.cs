using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Texts;

/// <summary>Turns an argument's value into words of a language. A value never counts as markup.</summary>
internal sealed class ArgumentWords(TextCatalog texts, string language)
{
    private readonly DateWords _dates = new(texts, language);

    public RichText Read(object? value, Reading reading) => value switch
    {
        RichText text => text,
        string text => ReadString(text, reading),
        IEnumerable<object> list => RichText.Join(", ", list.Select(item => Read(item, reading))),
        _ when reading.Kind == ReadingKind.Word => Word(CodeOf(value), reading.Prefix),
        null when reading.Kind is ReadingKind.Date or ReadingKind.FullDate => RichText.Of(_dates.Told(null)),
        _ => RichText.Of(ByType(value, reading.Kind == ReadingKind.FullDate)),
    };

    public string Number(decimal number) => texts.Numbers(language).Format(number);

    /// <summary>The value that a select compares: the code's name in snake_case, as locale files write it.</summary>
    public static string CodeOf(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        Enum word => Words.Snake(word.ToString()),
        EventKind kind => kind.Code,
        RichText text => text.Plain,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private RichText ReadString(string text, Reading reading) => reading.Kind switch
    {
        ReadingKind.Word => Word(text, reading.Prefix),
        ReadingKind.Date or ReadingKind.FullDate when FrozenTime.Read(text) is { } time =>
            RichText.Of(_dates.Frozen(time, reading.Kind == ReadingKind.FullDate)),
        ReadingKind.Duration when LengthOf(text) is { } length => RichText.Of(_dates.Lasting(length)),
        _ => RichText.Of(InsertedText.Show(text, keepLines: reading.Kind == ReadingKind.Lines)),
    };

    // A code without a text (the name of a holiday, or a code newer than the file) is shown as it is, which is better than nothing.
    private RichText Word(string code, string prefix) =>
        texts.Word(language, prefix, code) ?? DatedWord(code, prefix) ?? RichText.Of(InsertedText.Show(code));

    // Calendar remarks may end with a day, such as "day off moved from 2024-05-04". Their text has the argument {day}.
    private RichText? DatedWord(string code, string prefix) =>
        code.LastIndexOf(' ') is > 0 and var space && LocalDatePattern.Iso.Parse(code[(space + 1)..]).TryGetValue(default, out var day)
            ? texts.Word(language, prefix, code[..space], ("day", day))
            : null;

    private string ByType(object? value, bool full) => value switch
    {
        LocalDate day => _dates.Day(day, full),
        LocalDateTime local => _dates.Local(local, full),
        ZonedDateTime moment => _dates.Moment(moment, full),
        Instant instant => _dates.Moment(instant.InUtc(), full),
        LocalTime time => DateWords.Time(time),
        IsoDayOfWeek weekday => _dates.Weekday(weekday),
        DateTimeZone zone => _dates.Zone(zone),
        When told => _dates.Told(told, full),
        LimitEnd end => _dates.End(end, full),
        Duration duration => _dates.Lasting(duration),
        _ when NumberWords.Of(value) is { } number => Number(number),
        _ => InsertedText.Show(CodeOf(value)),
    };

    private static Duration? LengthOf(string text) =>
        PeriodPattern.Roundtrip.Parse(text).TryGetValue(Period.Zero, out var period) && period is { Years: 0, Months: 0 }
            ? period.ToDuration()
            : null;
}
