using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Workflows.Law;

/// <summary>Distinguishes one state of <c>config/law</c> from another.</summary>
/// <param name="Text">Changes whenever a file does.</param>
public sealed record LawFingerprint(string Text)
{
    /// <summary>The fingerprint of all files below the folder with their names. Line endings do not matter.</summary>
    public static LawFingerprint Of(string directory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (Directory.Exists(directory))
        {
            foreach (var file in Directory.EnumerateFiles(directory, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                hash.AppendData(
                    Encoding.UTF8.GetBytes($"{Path.GetRelativePath(directory, file)}\0{File.ReadAllText(file).ReplaceLineEndings("\n")}\0"));
        }

        return new LawFingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
