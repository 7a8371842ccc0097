using System.Text;
using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Texts;

/// <summary>Writes one text with its arguments.</summary>
internal sealed class TemplateWriter(TextCatalog texts, string language, IReadOnlyDictionary<string, object?> arguments, Action<string> missed)
{
    private readonly ArgumentWords _words = new(texts, language);
    private readonly StringBuilder _plain = new();
    private readonly List<TextSpan> _spans = [];
    private readonly Stack<string> _numbers = new();
    private int _keep;

    public RichText Write(Template template)
    {
        Append(template);
        DropTrailingSpace();

        // Outer spans come first, as readers of nested spans expect.
        return new RichText(_plain.ToString(), _spans.OrderBy(span => span.Start).ThenByDescending(span => span.Length).ToList());
    }

    private void Append(Template template)
    {
        foreach (var part in template.Parts)
            Append(part);
    }

    private void Append(Part part)
    {
        switch (part)
        {
            case Part.Words words:
                _plain.Append(words.Text);
                break;
            case Part.Argument argument:
                Insert(arguments.TryGetValue(argument.Name, out var value) ? _words.Read(value, argument.Reading) : Missing(argument.Name));
                break;
            case Part.Number:
                _plain.Append(_numbers.Peek());
                break;
            case Part.Plural plural:
                AppendPlural(plural);
                break;
            case Part.Select select:
                Append(select.Options.GetValueOrDefault(ArgumentWords.CodeOf(Value(select.Name))) ?? select.Options["other"]);
                break;
            case Part.Styled styled:
                Span(styled.Inside, styled.Style, target: null);
                break;
            case Part.Link link:
                AppendLink(link);
                break;
        }
    }

    private void AppendPlural(Part.Plural plural)
    {
        var value = Value(plural.Name);
        var number = NumberWords.Of(value);

        _numbers.Push(number is { } known ? _words.Number(known) : _words.Read(value, Reading.Plain).Plain);
        Append(number is not { } counted ? plural.Forms["other"]
            : plural.Exact.GetValueOrDefault(counted)
                ?? (counted < 0 ? plural.Past : null)
                ?? plural.Forms.GetValueOrDefault(Plural.FormOf(language, counted))
                ?? plural.Forms["other"]);
        _numbers.Pop();
    }

    // A messenger refuses the whole message for an invalid address, so such an address is written as text.
    private void AppendLink(Part.Link link)
    {
        var target = AddressOf(link.Target);
        if (LinkTarget.IsGood(target))
        {
            Span(link.Label, TextStyle.Link, target);
            return;
        }

        Append(link.Label);
        if (target.Length > 0)
            Insert(RichText.Of($" ({InsertedText.Show(target)})"));
    }

    // An address must not contain isolates and line breaks.
    private string AddressOf(Template target) => string.Concat(target.Parts.Select(part => part switch
    {
        Part.Words words => words.Text,
        Part.Argument argument => InsertedText.Clean(ArgumentWords.CodeOf(Value(argument.Name))),
        _ => "",
    })).Trim();

    private void Span(Template inside, TextStyle style, string? target)
    {
        var start = _plain.Length;
        Append(inside);
        if (_plain.Length > start)
            _spans.Add(new TextSpan(start, _plain.Length - start, style, target));
    }

    private void Insert(RichText text)
    {
        if (text.Plain.Length == 0)
            return;

        _spans.AddRange(text.Spans.Select(span => span with { Start = span.Start + _plain.Length }));
        _plain.Append(text.Plain);
        _keep = _plain.Length;
    }

    private object? Value(string name)
    {
        if (arguments.TryGetValue(name, out var value))
            return value;
        missed(name);
        return null;
    }

    // An alert with a gap is better than no alert.
    private RichText Missing(string name)
    {
        missed(name);
        return RichText.Of("{" + name + "}");
    }

    // An empty argument alone on the last line must leave no empty line. Inserted values stay whole.
    private void DropTrailingSpace()
    {
        var end = _plain.Length;
        while (end > _keep && char.IsWhiteSpace(_plain[end - 1]))
            end--;

        _plain.Length = end;
        for (var at = _spans.Count - 1; at >= 0; at--)
        {
            if (_spans[at].Start >= end)
                _spans.RemoveAt(at);
            else if (_spans[at].End > end)
                _spans[at] = _spans[at] with { Length = end - _spans[at].Start };
        }
    }
}
