using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>One file of the repository as text, for tests of rules that no compiler checks.</summary>
/// <param name="Path">From the root, with slashes.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    private static readonly string[] NotOurs = [".git", "bin", "obj", "artifacts", "data", "node_modules", "TestResults", "vendor"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> Found = new(() => Below(new DirectoryInfo(Root)).ToList());

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "AlertBot.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("the repository's root was not found above the tests");
        }
    }

    /// <summary>All files that people wrote, except pictures.</summary>
    public static IReadOnlyList<SourceFile> All => Found.Value;

    public static IEnumerable<SourceFile> Code(string below) =>
        All.Where(file => file.Path.StartsWith(below, StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal));

    public int LineCount => Text.Count(letter => letter == '\n');

    /// <summary>The places of a pattern in code, without comments and the contents of strings.</summary>
    public IEnumerable<string> InCode(Regex pattern)
    {
        // Keeps the length, so that lines keep their numbers.
        var code = NotCode().Replace(Text, hidden => LetterOrDigit().Replace(hidden.Value, " "));
        return Places(code, pattern);
    }

    /// <summary>The places of a pattern in the whole text, as path and line.</summary>
    public IEnumerable<string> Anywhere(Regex pattern) => Places(Text, pattern);

    private IEnumerable<string> Places(string text, Regex pattern) =>
        pattern.Matches(text).Select(match => $"{Path}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value.Trim()}");

    private static IEnumerable<SourceFile> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(IsText)
            .Select(file => new SourceFile(System.IO.Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
            .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(Below));

    private static bool IsText(FileInfo file) =>
        file.Extension is not (".png" or ".jpg" or ".ico" or ".woff2" or ".ogg" or ".mp3" or ".user" or ".dll") && file.Length < 2_000_000;

    [GeneratedRegex("""
        "{3}[\s\S]*?"{3} | @"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' | //[^\n]* | /\*[\s\S]*?\*/
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"[\p{L}\p{N}]")]
    private static partial Regex LetterOrDigit();
}
