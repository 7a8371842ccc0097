using AlertBot.Workflows.Importing;

namespace AlertBot.Cli;

/// <summary>Reads the files that verbs are given.</summary>
internal static class Files
{
    /// <summary>Reads a file, or the standard input for '-', in whichever encoding it is written.</summary>
    /// <returns>Null on success, else a sentence that says what is wrong.</returns>
    public static string? TryRead(string path, out string text)
    {
        text = "";
        try
        {
            using var file = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            if (FileText.IsWorkbook(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
                return $"{path} is a workbook of Excel: save it as CSV first";
            text = FileText.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            return null;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(path) ? $"{path} is a folder, and a file is wanted"
                : File.Exists(path) ? $"{path} cannot be read by this user" : $"there is no file {path}";
        }
    }
}
