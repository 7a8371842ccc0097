using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Domain.Channels;

namespace AlertBot.Postgres.Stores;

/// <summary>The JSON form of messages and states before they are sealed.</summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        // Only we read sealed JSON, so Cyrillic letters need no escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new ChatChangeConverter() },
    };

    /// <summary>Stores a change's kind by name, since the type itself knows no format.</summary>
    private sealed class ChatChangeConverter : JsonConverter<ChatChange>
    {
        public override ChatChange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException();
            return form.Kind switch
            {
                "added" => new ChatChange.BotAdded(),
                "channel" => new ChatChange.BotInChannel(form.Title),
                "removed" => new ChatChange.BotRemoved(),
                "moved" when form.To is { } to => new ChatChange.Moved(to),
                "key" => new ChatChange.KeyChanged(),
                "joined" => new ChatChange.MembersJoined(form.Who ?? []),
                _ => throw new JsonException(),
            };
        }

        public override void Write(Utf8JsonWriter writer, ChatChange value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer,
            value switch
            {
                ChatChange.BotAdded => new Form("added"),
                ChatChange.BotInChannel channel => new Form("channel") { Title = channel.Title },
                ChatChange.BotRemoved => new Form("removed"),
                ChatChange.Moved moved => new Form("moved", moved.To),
                ChatChange.KeyChanged => new Form("key"),
                ChatChange.MembersJoined joined => new Form("joined", null, joined.Who),
                _ => throw new JsonException(),
            },
            options);

        private sealed record Form(string Kind, ChannelAddress? To = null, IReadOnlyList<ChannelAddress>? Who = null)
        {
            public string? Title { get; init; }
        }
    }
}
