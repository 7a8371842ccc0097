using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>Files that came with a message. The daemon has already downloaded them, unless its options forbid it.</summary>
internal static class SignalFiles
{
    // A text beyond 2000 bytes arrives as such a file; the daemon has already put it into the message.
    private const string LongText = "text/x-signal-plain";

    public static IReadOnlyList<IncomingFile> Of(IReadOnlyList<Attachment?>? attachments, SignalAddress chat) =>
        [.. (attachments ?? []).OfType<Attachment>()
            .Where(one => one.Id is { Length: > 0 } && one.ContentType != LongText)
            .Select(one => new IncomingFile(new FileHandle(chat, one.Id!).ToString(), KindOf(one.ContentType), one.ContentType, one.Size))];

    private static string KindOf(string? contentType) => contentType?.Split('/')[0].ToLowerInvariant() switch
    {
        "image" => "photo",
        "audio" => "voice",
        "video" => "video",
        _ => "document",
    };

    /// <summary>
    /// A file as a data URI, RFC 2397. The daemon reads the type up to the first parameter and only one parameter, so there is no charset, and the
    /// name contains no separator.
    /// </summary>
    public static string DataUri(OutgoingFile file) =>
        $"data:{file.ContentType.Split(';')[0].Trim()};filename={Uri.EscapeDataString(file.Name)};base64,{Convert.ToBase64String(file.Content)}";
}
