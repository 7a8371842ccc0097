namespace AlertBot.Cli;

/// <summary>
/// What <c>alertbot help</c> says. The text is a file, so that the script of a clone shows it before anything is built.
/// </summary>
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
