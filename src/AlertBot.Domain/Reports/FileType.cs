namespace AlertBot.Domain.Reports;

/// <summary>
/// Which types of content are believed. The name of a type comes from whoever sends a file, and is shown to people and given to their
/// programs: any other is no more than "a file".
/// </summary>
public static class FileType
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/heif",
        "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "audio/x-wav", "audio/webm", "audio/amr",
        "video/mp4", "video/webm", "video/quicktime", "video/3gpp",
        "application/pdf", "text/plain", "application/rtf", "application/msword", "application/vnd.ms-excel",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <returns>Null for one that is not believed.</returns>
    public static string? Of(string? said) =>
        said?.Split(';')[0].Trim() is { } type && Known.TryGetValue(type, out var known) ? known : null;
}
