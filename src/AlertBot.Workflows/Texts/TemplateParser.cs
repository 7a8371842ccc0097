using System.Text;
using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// Parses a text of a locale file: <c>*bold*</c>, <c>_italic_</c>, <c>`code`</c>, <c>||spoiler||</c>, <c>[words](address)</c>, <c>{argument}</c>,
/// plurals and selects as in ICU. After a backslash each of these characters is literal.
/// </summary>
internal sealed partial class TemplateParser
{
    private const string Escapable = "\\*_`|[](){}#";

    private static readonly (string Marker, TextStyle Style)[] Markers =
    [
        ("*", TextStyle.Bold), ("_", TextStyle.Italic), ("`", TextStyle.Code), ("||", TextStyle.Spoiler),
    ];

    private readonly string _text;
    private readonly Stack<string> _open = new();
    private int _at;
    private int _plurals;
    private string? _mistake;

    private TemplateParser(string text) => _text = text;

    /// <summary>Null for a text with a mistake, which <paramref name="mistake"/> then describes.</summary>
    public static Template? Parse(string text, out string? mistake)
    {
        var parser = new TemplateParser(text);
        var template = parser.Sequence("");
        mistake = parser._mistake;
        return mistake is null ? template : null;
    }

    /// <summary>Reads up to and including <paramref name="closer"/>; an empty one means the end of the text.</summary>
    /// <param name="isLiteral">True in code and addresses, where markers are plain characters.</param>
    private Template Sequence(string closer, bool isLiteral = false)
    {
        var parts = new List<Part>();
        var words = new StringBuilder();
        _open.Push(closer);

        while (!IsClosed(closer))
        {
            if (Next(isLiteral) is { } part)
            {
                Flush();
                parts.Add(part);
            }
            else if (_mistake is null)
            {
                words.Append(_text[_at++]);
            }
        }

        _open.Pop();
        Flush();
        return new Template(parts);

        void Flush()
        {
            if (words.Length > 0)
                parts.Add(new Part.Words(words.ToString()));
            words.Clear();
        }
    }

    private bool IsClosed(string closer)
    {
        if (_at >= _text.Length)
        {
            if (closer.Length > 0)
                Fail($"'{closer}' is missing: what is opened must be closed; a sign that is meant literally needs a backslash");
            return true;
        }

        return closer.Length > 0 && Takes(closer);
    }

    /// <summary>The part that begins here; null if the next character is plain text, or after a mistake.</summary>
    private Part? Next(bool isLiteral)
    {
        switch (_text[_at])
        {
            case '\\':
                return Escaped();
            case '{':
                return Placeholder();
            case '#' when _plurals > 0:
                _at++;
                return new Part.Number();
            case '}' or ']' when _open.Contains(_text[_at].ToString()):
                return Fail($"'{_open.Peek()}' is missing before '{_text[_at]}'");
            case '}':
                return Fail("'}' closes nothing: write \\} for a brace");
            case ']' when !isLiteral:
                return Fail("']' closes nothing: write \\] for a bracket");
            case '[' when !isLiteral:
                return Link();
            default:
                return isLiteral ? null : Styled();
        }
    }

    private Part.Words? Escaped()
    {
        if (_at + 1 >= _text.Length || !Escapable.Contains(_text[_at + 1]))
        {
            Fail($"a backslash stands before one of {Escapable}; write \\\\ for a backslash");
            return null;
        }

        _at += 2;
        return new Part.Words(_text[_at - 1].ToString());
    }

    private Part.Styled? Styled()
    {
        // Nearly every sign of a text is none of them.
        if (_text[_at] is not ('*' or '_' or '`' or '|'))
            return null;

        foreach (var (marker, style) in Markers)
        {
            if (!StandsHere(marker))
                continue;

            if (_open.Contains(marker))
            {
                Fail($"'{marker}' would close across '{_open.Peek()}', or inside itself: close the inner one first");
                return null;
            }

            _at += marker.Length;
            return new Part.Styled(style, Sequence(marker, isLiteral: style == TextStyle.Code));
        }

        return null;
    }

    private Part.Link? Link()
    {
        _at++;
        var words = Sequence("]");
        if (!Takes("("))
        {
            Fail("after [words] comes (address), with no space between; write \\[ for a bracket");
            return null;
        }

        var target = Sequence(")", isLiteral: true);
        if (target.Parts.Any(part => part is not (Part.Words or Part.Argument)))
            Fail("an address holds nothing but words and arguments");
        return new Part.Link(words, target);
    }

    private bool StandsHere(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private bool Takes(string sign)
    {
        if (!StandsHere(sign))
            return false;
        _at += sign.Length;
        return true;
    }

    // Only the first mistake counts. Moving to the end of the text ends every loop.
    private Part? Fail(string mistake)
    {
        _mistake ??= mistake;
        _at = _text.Length;
        return null;
    }
}
