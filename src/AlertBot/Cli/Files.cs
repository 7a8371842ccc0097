using System.Text;

namespace AlertBot.Cli;

/// <summary>Reads the files that verbs are given.</summary>
internal static class Files
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads a file, or the standard input for '-'. Drops the byte order mark that some editors write.</summary>
    /// <returns>Null on success, else a sentence that says what is wrong.</returns>
    public static string? TryRead(string path, out string text)
    {
        text = "";
        try
        {
            using var reader = new StreamReader(
                path == "-" ? Console.OpenStandardInput() : File.OpenRead(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            text = reader.ReadToEnd().TrimStart(ByteOrderMark);
            return null;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(path) ? $"{path} is a folder, and a file is wanted"
                : File.Exists(path) ? $"{path} cannot be read by this user" : $"there is no file {path}";
        }
    }
}
