namespace AlertBot.Workflows.Configuration;

/// <summary>Something wrong in a file that a person wrote, said so that they can put it right.</summary>
/// <param name="File">Path of the file as it was opened.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record Problem(string File, long Line, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Text}";
}
