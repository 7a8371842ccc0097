namespace AlertBot.Domain.Names;

/// <summary>One word of a name, read into sounds.</summary>
internal sealed class NameWord
{
    private List<WordForm>? _readings;

    public required string Sounds { get; init; }

    public required WordForm Form { get; init; }

    /// <summary>"A." or "Sh.": only the beginning of the word is known.</summary>
    public bool IsInitial { get; init; }

    /// <summary>"Nur.": a word cut short on purpose.</summary>
    public bool IsCut { get; init; }

    /// <summary>The letters as written, in small letters and one script.</summary>
    public string Letters { get; init; } = "";

    /// <summary>The keyboard that it was typed on.</summary>
    public Script Keys => Letters.Length == 0 ? Script.Unknown : Names.Letters.IsCyrillic(Letters[0]) ? Script.Cyrillic
        : Names.Letters.IsLatin(Letters[0]) ? Script.Latin : Script.Unknown;

    /// <summary>The kind of word by its ending, with a case ending removed if necessary.</summary>
    public WordKind Kind => Form.Kind != WordKind.None
        ? Form.Kind
        : Readings.Find(reading => reading.Kind != WordKind.None)?.Kind ?? WordKind.None;

    /// <summary>The ways to read the word when it may stand in a case other than the nominative.</summary>
    public List<WordForm> Readings => _readings ??= IsInitial ? [Form] : Readable();

    public override string ToString() => "(name)";

    // In "X uly" the next word settles the kind, so the endings of X say nothing; those of a bare word are half unwritten.
    private List<WordForm> Readable() =>
        Form.IsBare || (Form.Kind == WordKind.Father && Form.Whole == Form.Stem) ? [Form] : WithShortForms(Endings.Readings(Sounds));

    private static List<WordForm> WithShortForms(List<WordForm> readings) =>
        [.. readings, .. readings.SelectMany(reading => ShortForms.Of(reading.Whole))];
}
