using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Texts;

/// <summary>A parsed text of a locale file: words, arguments and style.</summary>
internal sealed record Template(IReadOnlyList<Part> Parts)
{
    /// <summary>Every use of an argument, at any depth.</summary>
    public IEnumerable<ArgumentUse> Uses => Parts.SelectMany(UsesOf);

    private static IEnumerable<ArgumentUse> UsesOf(Part part) => part switch
    {
        Part.Argument argument => [new ArgumentUse(argument.Name, argument.Reading)],
        Part.Plural plural => plural.Exact.Values.Concat(plural.Forms.Values).Append(plural.Past).OfType<Template>()
            .SelectMany(form => form.Uses)
            .Prepend(new ArgumentUse(plural.Name, null) { Forms = plural.Forms.Keys.ToList() }),
        Part.Select select => select.Options.Values.SelectMany(option => option.Uses).Prepend(new ArgumentUse(select.Name, null)),
        Part.Styled styled => styled.Inside.Uses,
        Part.Link link => link.Label.Uses.Concat(link.Target.Uses),
        _ => [],
    };
}

internal abstract record Part
{
    private Part() { }

    public sealed record Words(string Text) : Part;

    /// <summary><c>{name}</c>, or <c>{day, date}</c> with a reading.</summary>
    public sealed record Argument(string Name, Reading Reading) : Part;

    /// <summary><c>{days, plural, =0 {today} past {over} one {# day} other {# days}}</c></summary>
    /// <param name="Past">The form for numbers below zero, since "-3 days left" is no sentence. Null: negative numbers take the usual forms.</param>
    public sealed record Plural(
        string Name, IReadOnlyDictionary<decimal, Template> Exact, Template? Past, IReadOnlyDictionary<string, Template> Forms) : Part;

    /// <summary><c>#</c>: the number of the enclosing plural.</summary>
    public sealed record Number : Part;

    /// <summary><c>{kind, select, a {...} other {...}}</c></summary>
    public sealed record Select(string Name, IReadOnlyDictionary<string, Template> Options) : Part;

    public sealed record Styled(TextStyle Style, Template Inside) : Part;

    public sealed record Link(Template Label, Template Target) : Part;
}

/// <summary>How an argument's value is read. Facts are often stored as strings, and the locale file says what they mean.</summary>
/// <param name="Prefix">For <see cref="ReadingKind.Word"/>: the text's key is this prefix and the code in the value.</param>
internal sealed record Reading(ReadingKind Kind, string Prefix = "")
{
    public static readonly Reading Plain = new(ReadingKind.Plain);

    /// <summary>The form in which the locale file writes it after the name.</summary>
    public override string ToString() => Kind switch
    {
        ReadingKind.Plain => "",
        ReadingKind.FullDate => "date, full",
        ReadingKind.Word => "word, " + Prefix,
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

internal enum ReadingKind
{
    /// <summary>By the value's type; a string as it is, on one line.</summary>
    Plain,

    /// <summary>A string with its line breaks: a person's own words.</summary>
    Lines,

    /// <summary>A day or a time, also as an ISO 8601 string.</summary>
    Date,

    /// <summary>Like a date, with the day of the week.</summary>
    FullDate,

    /// <summary>A duration, also as a string such as <c>PT12H</c>.</summary>
    Duration,

    /// <summary>A code that has a text of its own; a code without one is shown as it is.</summary>
    Word,
}

/// <param name="Reading">Null if the argument only selects between words.</param>
internal sealed record ArgumentUse(string Name, Reading? Reading)
{
    /// <summary>The forms that a plural names.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];
}
