using AlertBot.Domain.Cases;

namespace AlertBot.Domain.Incidents;

/// <summary>An incident's name in chats: <c>A-7F3Q</c>. It reveals nothing about the person.</summary>
public readonly record struct IncidentCode
{
    private const char Kind = 'A';

    private IncidentCode(string text) => Text = text;

    /// <summary>The code as shown, e.g. <c>A-7F3Q</c>.</summary>
    public string Text { get; }

    public static IncidentCode New() => new(SpokenCode.New(Kind));

    /// <summary>Reads a code as people type it: <c>a7f3q</c>, <c>A 7F3Q</c>, with a Cyrillic А.</summary>
    public static bool TryParse(string? text, out IncidentCode code)
    {
        var read = SpokenCode.Read(Kind, text);
        code = read is null ? default : new IncidentCode(read);
        return read is not null;
    }

    public override string ToString() => Text;
}
