using System.Globalization;
using System.Net.Http.Headers;

namespace AlertBot.Channels.Telegram;

/// <summary>Calls that carry a file, as forms: https://core.telegram.org/bots/api#sending-files.</summary>
internal static class TelegramForm
{
    /// <summary>Telegram's limit for what stands under a file, in characters.</summary>
    public const int MaxCaption = 1_024;

    public static MultipartFormDataContent Of(SendDocument document)
    {
        var form = new MultipartFormDataContent();
        Add(form, "chat_id", document.ChatId.ToString(CultureInfo.InvariantCulture));
        if (document.MessageThreadId is { } thread)
            Add(form, "message_thread_id", thread.ToString(CultureInfo.InvariantCulture));
        if (document.Caption.Length > 0)
            Add(form, "caption", document.Caption);
        if (document.DisableNotification == true)
            Add(form, "disable_notification", "true");

        var file = new ByteArrayContent(document.File.Content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(document.File.ContentType);
        form.Add(file, "document", document.File.Name);
        return form;
    }

    private static void Add(MultipartFormDataContent form, string name, string value) => form.Add(new StringContent(value), name);
}
