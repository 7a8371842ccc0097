namespace AlertBot.Workflows.Configuration;

/// <summary>A mistake in a file that a person wrote, described so that they can correct it.</summary>
/// <param name="File">The path by which the file was opened.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record Problem(string File, long Line, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Text}";
}
