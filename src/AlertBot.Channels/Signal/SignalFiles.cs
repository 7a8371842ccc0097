using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>Files that came with a message. The daemon has fetched them by then, unless it was told not to.</summary>
internal static class SignalFiles
{
    // How a text of more than 2000 bytes travels; the daemon has put it into the message.
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
    /// A file as the daemon takes it, RFC 2397. Its reader takes the type up to the first parameter, and one parameter: so no
    /// charset, and no sign in the name that would end it.
    /// </summary>
    public static string DataUri(OutgoingFile file) =>
        $"data:{file.ContentType.Split(';')[0].Trim()};filename={Uri.EscapeDataString(file.Name)};base64,{Convert.ToBase64String(file.Content)}";
}
