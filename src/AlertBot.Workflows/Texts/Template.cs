using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Texts;

/// <summary>A text of a locale file, read once: words, places for arguments, and style.</summary>
internal sealed record Template(IReadOnlyList<Part> Parts)
{
    /// <summary>Every use of an argument, however deep.</summary>
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

    /// <summary><c>{name}</c>, or with a reading <c>{day, date}</c>.</summary>
    public sealed record Argument(string Name, Reading Reading) : Part;

    /// <summary><c>{days, plural, =0 {today} past {over} one {# day} other {# days}}</c></summary>
    /// <param name="Past">For numbers below zero: "-3 days left" is no sentence. Null: they take their form.</param>
    public sealed record Plural(
        string Name, IReadOnlyDictionary<decimal, Template> Exact, Template? Past, IReadOnlyDictionary<string, Template> Forms) : Part;

    /// <summary><c>#</c>: the number of the plural around it.</summary>
    public sealed record Number : Part;

    /// <summary><c>{kind, select, a {...} other {...}}</c></summary>
    public sealed record Select(string Name, IReadOnlyDictionary<string, Template> Options) : Part;

    public sealed record Styled(TextStyle Style, Template Inside) : Part;

    public sealed record Link(Template Label, Template Target) : Part;
}

/// <summary>How the value of an argument is read. Facts are often frozen as strings; the locale file says what they are.</summary>
/// <param name="Prefix">For <see cref="ReadingKind.Word"/>: the value is the code of a text whose key begins so.</param>
internal sealed record Reading(ReadingKind Kind, string Prefix = "")
{
    public static readonly Reading Plain = new(ReadingKind.Plain);

    /// <summary>As the locale file writes it after the name.</summary>
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
    /// <summary>By its type; a string as it is, on one line.</summary>
    Plain,

    /// <summary>A string that keeps its line breaks: what a person told in their own words.</summary>
    Lines,

    /// <summary>A day or a time, also as a string of ISO 8601.</summary>
    Date,

    /// <summary>The same with the day of the week.</summary>
    FullDate,

    /// <summary>A length of time, also as a string such as <c>PT12H</c>.</summary>
    Duration,

    /// <summary>A code that has a text of its own; what has none is shown as it is.</summary>
    Word,
}

/// <param name="Reading">Null where the argument only decides between words.</param>
internal sealed record ArgumentUse(string Name, Reading? Reading)
{
    /// <summary>The forms a plural names.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];
}
