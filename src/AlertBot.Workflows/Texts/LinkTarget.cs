namespace AlertBot.Workflows.Texts;

/// <summary>Decides which addresses a link may have.</summary>
internal static class LinkTarget
{
    private static readonly string[] Schemes = ["https", "http", "tg", "sgnl", "mailto", "tel"];

    public static bool IsGood(string address) =>
        !address.Any(char.IsWhiteSpace)
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && Schemes.Contains(uri.Scheme, StringComparer.Ordinal);
}
