using System.Globalization;

namespace AlertBot.Workflows.Texts;

/// <summary>Parses what stands in braces.</summary>
internal sealed partial class TemplateParser
{
    private const string Other = "other";
    private const string Past = "past";

    private Part? Placeholder()
    {
        _at++;
        var name = Word();
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]))
            return Fail("after '{' comes the name of an argument in small letters; write \\{ for a brace");

        if (TakesAfterSpace("}"))
            return new Part.Argument(name, Reading.Plain);
        if (!TakesAfterSpace(","))
            return Fail($"after the name '{name}' comes '}}' or a comma");

        return Word() switch
        {
            "plural" => Plural(name),
            "select" => Select(name),
            "date" when TakesAfterSpace(",") => Word() == "full"
                ? Ended(name, new Reading(ReadingKind.FullDate))
                : Fail("after 'date,' only 'full' is known"),
            "date" => Ended(name, new Reading(ReadingKind.Date)),
            "duration" => Ended(name, new Reading(ReadingKind.Duration)),
            "lines" => Ended(name, new Reading(ReadingKind.Lines)),
            "word" when TakesAfterSpace(",") => Word() is { Length: > 0 } prefix
                ? Ended(name, new Reading(ReadingKind.Word, prefix))
                : Fail("after 'word,' comes the beginning of the keys, e.g. {kind, word, event}"),
            var unknown => Fail($"'{unknown}' is no way to read '{name}': plural, select, date, duration, lines and 'word, <keys>' are"),
        };
    }

    private Part? Ended(string name, Reading reading) =>
        TakesAfterSpace("}") ? new Part.Argument(name, reading) : Fail($"'}}' is missing after '{name}'");

    private Part? Plural(string name)
    {
        _plurals++;
        var branches = Branches(name, "plural");
        _plurals--;

        var exact = new Dictionary<decimal, Template>();
        var forms = new Dictionary<string, Template>(StringComparer.Ordinal);
        Template? past = null;
        foreach (var (key, template) in branches)
        {
            if (key == Past)
                past = template;
            else if (!key.StartsWith('='))
                forms[key] = template;
            else if (decimal.TryParse(key.AsSpan(1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
                exact[number] = template;
            else
                return Fail($"'{key}' is no number: write =0, =1 and so on");
        }

        return new Part.Plural(name, exact, past, forms);
    }

    private Part.Select Select(string name) => new(name, Branches(name, "select"));

    private Dictionary<string, Template> Branches(string name, string what)
    {
        var branches = new Dictionary<string, Template>(StringComparer.Ordinal);
        if (!TakesAfterSpace(","))
            Fail($"after '{what}' comes a comma and the cases, e.g. {{{name}, {what}, {Other} {{...}}}}");

        while (_mistake is null && !TakesAfterSpace("}"))
        {
            var key = Word();
            if (key.Length == 0 || !TakesAfterSpace("{"))
                Fail($"each case of '{name}' is a word and its text in braces, e.g. {Other} {{...}}");
            else if (!branches.TryAdd(key, Sequence("}")))
                Fail($"the case '{key}' of '{name}' stands there twice");
        }

        if (!branches.ContainsKey(Other))
            Fail($"the case '{Other}' of '{name}' is missing");

        return branches;
    }

    private string Word()
    {
        SkipSpace();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.' or '='))
            _at++;
        return _text[start.._at];
    }

    private bool TakesAfterSpace(string sign)
    {
        SkipSpace();
        return Takes(sign);
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }
}
