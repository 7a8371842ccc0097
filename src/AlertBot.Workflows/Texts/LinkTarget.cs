namespace AlertBot.Workflows.Texts;

/// <summary>Which addresses may stand behind words.</summary>
internal static class LinkTarget
{
    private static readonly string[] Schemes = ["https", "http", "tg", "sgnl", "mailto", "tel"];

    public static bool IsGood(string address) =>
        !address.Any(char.IsWhiteSpace)
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && Schemes.Contains(uri.Scheme, StringComparer.Ordinal);
}
