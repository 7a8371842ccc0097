using System.Text;

namespace AlertBot.Cli;

/// <summary>Files that a verb is given.</summary>
internal static class Files
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>'-' is the standard input. A byte order mark, which editors leave at the beginning, is no part of the text.</summary>
    /// <returns>Null when it was read; else a sentence that says what is wrong.</returns>
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
