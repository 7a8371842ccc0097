using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Telegram;

/// <summary>Reads an update from its own bytes, through our own types: whole if it fits them, else its readable parts. Never throws.</summary>
internal static class UpdateReader
{
    private static readonly string[] Whole = ["message", "chat", "sender_chat", "old_chat_member", "new_chat_member"];

    public static UpdateReading Read(ReadOnlyMemory<byte> raw, User me)
    {
        var id = RawUpdates.IdOf(raw.Span);
        try
        {
            var update = JsonSerializer.Deserialize(raw.Span, TelegramJson.Default.Update);
            return update is null ? new UpdateReading.Unreadable(id, "null") : new UpdateReading.Whole(
                TelegramUpdates.Read(update, KeyOf(raw, id), me));
        }
        catch (Exception odd) when (ReadableParts.IsUnreadable(odd))
        {
            return ReadPart(raw, id, me) is { } part ? new UpdateReading.Part(id, part) : new UpdateReading.Unreadable(id, odd.GetType().Name);
        }
    }

    private static IncomingUpdate? ReadPart(ReadOnlyMemory<byte> raw, long? id, User me)
    {
        try
        {
            return ReadableParts.Of(raw.Span, TelegramJson.Default.Update, Whole) is { } update
                ? TelegramUpdates.Read(update, KeyOf(raw, id), me)
                : null;
        }
        catch (Exception odd) when (ReadableParts.IsUnreadable(odd))
        {
            return null;
        }
    }

    // An update without an id is named by its content, so that a repetition is recognised.
    private static string KeyOf(ReadOnlyMemory<byte> raw, long? id) =>
        id?.ToString(CultureInfo.InvariantCulture) ?? "raw-" + Convert.ToHexStringLower(SHA256.HashData(raw.Span).AsSpan(0, 16));
}

/// <summary>What was read of one update.</summary>
internal abstract record UpdateReading
{
    private UpdateReading() { }

    /// <param name="Update">Null if the update does not concern us.</param>
    public sealed record Whole(IncomingUpdate? Update) : UpdateReading;

    /// <summary>Unknown parts of the update were left out.</summary>
    public sealed record Part(long? Id, IncomingUpdate Update) : UpdateReading;

    /// <param name="Failure">A short word for the log, never a text from outside.</param>
    public sealed record Unreadable(long? Id, string Failure) : UpdateReading;
}
