namespace AlertBot.Cli;

/// <summary>The output of <c>alertbot help</c>. It is a file, so that the script of a clone can show it before the first build.</summary>
internal static class Help
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(
            typeof(Help).Assembly.GetManifestResourceStream("help.txt") ?? throw new InvalidOperationException("The help is not built in."));
        return reader.ReadToEnd();
    }
}
