namespace AlertBot.Domain.Cases;

/// <summary>A case's name in chats: <c>K-7F3Q</c>. It reveals nothing about the person.</summary>
public readonly record struct CaseCode
{
    private const char Kind = 'K';

    private CaseCode(string text) => Text = text;

    /// <summary>The code as shown, e.g. <c>K-7F3Q</c>.</summary>
    public string Text { get; }

    public static CaseCode New() => new(SpokenCode.New(Kind));

    /// <summary>Reads a code as people type it: <c>k7f3q</c>, <c>K 7F3Q</c>, with a Cyrillic К.</summary>
    public static bool TryParse(string? text, out CaseCode code)
    {
        var read = SpokenCode.Read(Kind, text);
        code = read is null ? default : new CaseCode(read);
        return read is not null;
    }

    /// <summary>What was typed as codes are compared: capitals and digits, in Latin.</summary>
    public static string SignsOf(string? text) => SpokenCode.SignsOf(text);

    public override string ToString() => Text;
}
