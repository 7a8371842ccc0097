namespace AlertBot.Workflows.Configuration;

/// <summary>Names of the code as files write them.</summary>
public static class Words
{
    /// <summary><c>ReleaseDue</c> becomes <c>release_due</c>.</summary>
    public static string Snake(string name) => string.Concat(
        name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
