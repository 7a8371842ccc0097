namespace AlertBot.Configuration;

/// <summary>A setting that cannot be used as written. Never holds the value of a secret setting.</summary>
/// <param name="Where">File and line, or the name of the environment variable.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record SettingProblem(string Where, string Text)
{
    public override string ToString() => $"{Where}: {Text}";
}
