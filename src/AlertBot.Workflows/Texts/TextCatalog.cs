using AlertBot.Domain.Channels;
using AlertBot.Domain.Law;
using AlertBot.Workflows.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// Everything the bot says, in every language: <c>config/texts/&lt;language&gt;.yaml</c>. Code names a key and its arguments; a new
/// language is a new file, but for Uzbek in Cyrillic, which is spelled from the Latin one. Saying never fails: what a language lacks is said in
/// English, and a key nobody has is shown as it is.
/// </summary>
/// <remarks>
/// Values of arguments count as plain text, whatever they hold. The type decides: <see cref="RichText"/> keeps its style and is trusted; days,
/// times, durations and numbers follow the language; an enum or code becomes the text of <c>event.&lt;code&gt;</c> where the file says
/// <c>{kind, word, event}</c>; a list is joined by commas. A string loses its line breaks unless the file says <c>{text, lines}</c>, so that a
/// name cannot pretend to be a line of ours.
/// </remarks>
public sealed partial class TextCatalog
{
    /// <summary>The language that has every text.</summary>
    public const string FallbackLanguage = "en";

    private readonly Dictionary<string, IReadOnlyDictionary<string, Template>> _texts;
    private readonly Dictionary<string, NumberWords> _numbers;
    private readonly ILogger _log;

    private TextCatalog(IReadOnlyList<TextFile> files, List<Problem> problems, ILogger log)
    {
        var english = files.FirstOrDefault(file => file.Language == FallbackLanguage);
        var good = AllAtOnce(files, problems, (file, found) => new TextCheck(english, found).GoodTexts(file));
        _log = log;
        _texts = files.Zip(good).ToDictionary(pair => pair.First.Language, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        if (_texts.TryGetValue(UzbekCyrillic.Latin, out var uzbek))
            _texts.TryAdd(UzbekCyrillic.Code, UzbekCyrillic.Of(uzbek));
        _numbers = _texts.Keys.ToDictionary(language => language, NumbersOf, StringComparer.OrdinalIgnoreCase);
        Languages = new Languages(_texts.Keys.Select(language => new Language(language, NameOf(language))));
        Problems = problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ToList();
    }

    public Languages Languages { get; }

    /// <summary>The mistakes in the files. The loader must show them loudly.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Reads every file of the folder. Never throws for their content.</summary>
    public static TextCatalog Load(string directory, ILogger<TextCatalog>? log = null)
    {
        var problems = new List<Problem>();
        var files = new List<(string, string)>();
        if (!Directory.Exists(directory))
            problems.Add(new Problem(directory, 1, "the folder of texts is missing: the bot has no words"));
        else
            files.AddRange(Directory.GetFiles(directory, "*.yaml").Order(StringComparer.Ordinal).SelectMany(path => ReadText(path, problems)));

        return Read(files, problems, directory, log);
    }

    /// <summary>Reads texts in memory.</summary>
    internal static TextCatalog Read(IEnumerable<(string Path, string Text)> files, List<Problem> problems, string directory, ILogger? log = null)
    {
        var read = AllAtOnce(files, problems, (file, found) => TextFile.Read(file.Path, file.Text, found)).OfType<TextFile>()
            .DistinctBy(file => file.Language.ToLowerInvariant()).ToList();
        if (read.All(file => file.Language != FallbackLanguage))
        {
            problems.Add(new Problem(
                Path.Combine(directory, FallbackLanguage + ".yaml"), 1,
                "there is no English file that can be read: nothing stands in for what other languages lack"));
        }

        return new TextCatalog(read, problems, log ?? NullLogger.Instance);
    }

    // Reading six languages is half of what a start has to do, so it uses every processor.
    private static List<TResult> AllAtOnce<TFile, TResult>(
        IEnumerable<TFile> files, List<Problem> problems, Func<TFile, List<Problem>, TResult> read)
    {
        var readings = files.Select(file => Task.Run(() =>
        {
            var found = new List<Problem>();
            return (Result: read(file, found), Found: found);
        })).ToList();
        var results = readings.ConvertAll(reading => reading.GetAwaiter().GetResult());
        problems.AddRange(results.SelectMany(result => result.Found));
        return results.ConvertAll(result => result.Result);
    }

    private static IEnumerable<(string Path, string Text)> ReadText(string path, List<Problem> problems)
    {
        try
        {
            return [(path, File.ReadAllText(path))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(path, 1, "the file cannot be read: " + unreadable.Message));
            return [];
        }
    }

    /// <summary>The text of a key in a language, or else in English.</summary>
    public RichText Say(string language, string key, params (string Name, object Value)[] arguments) =>
        Write(language, key, arguments.Select(argument => KeyValuePair.Create(argument.Name, (object?)argument.Value)));

    /// <summary>Says a key with an alert's stored facts.</summary>
    public RichText Say(string language, string key, IEnumerable<KeyValuePair<string, string>> facts) =>
        Write(language, key, facts.Select(fact => KeyValuePair.Create(fact.Key, (object?)fact.Value)));

    /// <summary>Says one step of a limit's arithmetic.</summary>
    public RichText Say(string language, Step step) => Say(language, step.Key, step.Arguments);

    /// <summary>The words without style, for buttons, menus and notices.</summary>
    public string Plain(string language, string key, params (string Name, object Value)[] arguments) => Say(language, key, arguments).Plain;

    /// <summary>Whether a key has a text, in this language or in English.</summary>
    public bool Has(string language, string key) => Find(language, key) is not null;

    /// <summary>The text of a code under a prefix of keys; null if it has none.</summary>
    internal RichText? Word(string language, string prefix, string code, params (string Name, object Value)[] arguments) =>
        code.Length > 0 && Has(language, prefix + "." + code) ? Say(language, prefix + "." + code, arguments) : null;

    internal NumberWords Numbers(string language) => _numbers.GetValueOrDefault(Known(language)) ?? NumberWords.Bare;

    /// <summary>The texts that a language has without falling back to English.</summary>
    internal IReadOnlyDictionary<string, Template> TextsOf(string language) => _texts[language];

    private RichText Write(string language, string key, IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        if (Find(language, key) is not { } found)
        {
            LogKeyMissing(key);
            return RichText.Of(InsertedText.Show(key));
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
            values[name] = value;

        return new TemplateWriter(this, found.Language, values, name => LogArgumentMissing(name, key)).Write(found.Template);
    }

    // Plurals and dates follow the language of the text found, not the requested one.
    private (Template Template, string Language)? Find(string language, string key)
    {
        var known = Known(language);
        if (_texts.GetValueOrDefault(known)?.GetValueOrDefault(key) is { } own)
            return (own, known);

        return _texts.GetValueOrDefault(FallbackLanguage)?.GetValueOrDefault(key) is { } english ? (english, FallbackLanguage) : null;
    }

    // The file of a person's language may be gone; then the nearest language is used.
    private string Known(string language) => _texts.ContainsKey(language) ? language : Languages.Choose(language);

    private NumberWords NumbersOf(string language) =>
        (Literal(language, TextCheck.NumberKey) is { } sample ? NumberWords.FromSample(sample) : null) ?? NumberWords.Bare;

    private string NameOf(string language) => Literal(language, TextCheck.NameKey) ?? language;

    private string? Literal(string language, string key) =>
        _texts[language].GetValueOrDefault(key) is { Parts: [Part.Words { Text: var text }] } ? text : null;

    [LoggerMessage(LogLevel.Warning, "There is no text for the key {Key}")]
    private partial void LogKeyMissing(string key);

    [LoggerMessage(LogLevel.Warning, "The argument {Argument} of the text {Key} was not given")]
    private partial void LogArgumentMissing(string argument, string key);
}
