using System.Globalization;
using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal;

public sealed partial class SandboxSignalPhone
{
    private readonly List<Action> _whenOnline = [];

    /// <param name="group">Null: the private chat with the bot.</param>
    public SandboxSignalMessage SendText(string text, SandboxSignalGroup? group = null) =>
        Send(group, message => message with { Text = text });

    /// <summary>Quotes a message with an answer, in the message's chat.</summary>
    public SandboxSignalMessage Quote(SandboxSignalMessage quoted, string text)
    {
        lock (_world.Gate)
        {
            var chat = ChatOf(quoted);
            var now = chat.Find(quoted.Timestamp, quoted.Author)!;
            return Send(chat.Group, message => message with { Text = text, Quote = new SandboxSignalQuote(NameOf(now), now.Author, now.Text) });
        }
    }

    /// <summary>Sends a place as Signal does, as a link to a map.</summary>
    public SandboxSignalMessage SendLocation(double latitude, double longitude, SandboxSignalGroup? group = null) => SendText(
        string.Create(CultureInfo.InvariantCulture, $"https://maps.google.com/maps?q={latitude:0.######}%2C{longitude:0.######}"), group);

    /// <param name="kind">photo, voice, video or document.</param>
    /// <param name="name">The file's name; null: the same as its kind.</param>
    public SandboxSignalMessage SendFile(
        byte[] bytes, string kind = "photo", string contentType = "image/jpeg", string? caption = null, SandboxSignalGroup? group = null,
        string? name = null) => Send(group, message => message with
        {
            Files = [_world.Around.AddFile(kind, name ?? kind, contentType, bytes)],
            Text = caption ?? "",
        });

    public SandboxSignalMessage SendPhoto(byte[] bytes, string? caption = null, SandboxSignalGroup? group = null) =>
        SendFile(bytes, "photo", "image/jpeg", caption, group);

    public SandboxSignalMessage SendVoice(byte[] bytes, SandboxSignalGroup? group = null) => SendFile(bytes, "voice", "audio/aac", null, group);

    /// <summary>Puts an emoji on a message, in place of an earlier one.</summary>
    public void React(SandboxSignalMessage message, string emoji = "👍") => React(message, emoji, isRemove: false);

    public void TakeReactionBack(SandboxSignalMessage message, string emoji = "👍") => React(message, emoji, isRemove: true);

    /// <summary>Edits this person's message.</summary>
    public SandboxSignalMessage EditText(SandboxSignalMessage message, string text)
    {
        lock (_world.Gate)
        {
            var (chat, now, timestamp) = Own(message);
            var target = now.LatestTimestamp;
            var edited = _world.Put(chat, now with { Text = text, Edits = [.. now.Edits, timestamp], EditedAt = _world.Now });
            Tell(chat, timestamp, envelope => envelope["editMessage"] = new JsonObject
            {
                ["targetSentTimestamp"] = target,
                ["dataMessage"] = SignalJson.Message(_world, edited, timestamp, chat.Group),
            });
            return edited;
        }
    }

    /// <summary>Deletes this person's message for both sides.</summary>
    public void Delete(SandboxSignalMessage message)
    {
        lock (_world.Gate)
        {
            var (chat, now, timestamp) = Own(message);
            _world.Put(chat, now.Trace());
            Tell(chat, timestamp, envelope =>
            {
                envelope["dataMessage"] = SignalJson.Data(timestamp, null, chat.Group);
                envelope["dataMessage"]!["remoteDelete"] = new JsonObject { ["timestamp"] = now.Timestamp };
            });
        }
    }

    /// <summary>Opens the chat, and tells the sender that these messages were read.</summary>
    public void Read(params SandboxSignalMessage[] messages)
    {
        lock (_world.Gate)
        {
            foreach (var message in messages)
            {
                var chat = ChatOf(message);
                var now = chat.Find(message.Timestamp, message.Author)!;
                _world.Put(chat, now with { ReadBy = [.. now.ReadBy.Append(Uuid).Distinct()] });
            }

            Confirm(isRead: true, messages.Where(message => message.IsFromBot).Select(message => message.LatestTimestamp));
        }
    }

    public void StartTyping(SandboxSignalGroup? group = null)
    {
        lock (_world.Gate)
        {
            var timestamp = _world.NextTimestamp();
            var typing = new JsonObject { ["action"] = "STARTED", ["timestamp"] = timestamp };
            if (group is not null)
                typing["groupId"] = group.Id;
            Tell(group?.Chat ?? Chat, timestamp, envelope => envelope["typingMessage"] = typing.DeepClone());
        }
    }

    public void Leave(SandboxSignalGroup group) => group.Remove(this);

    /// <summary>Receives a message of the bot, or an edit of one.</summary>
    internal void Get(SandboxSignalChat chat, SandboxSignalMessage message, long timestamp)
    {
        if (IsOnline)
            _world.AfterAnswer(ConfirmIt);
        else
            _whenOnline.Add(ConfirmIt);

        void ConfirmIt()
        {
            if (chat.Find(message.Timestamp, message.Author) is { } now)
                _world.Put(chat, now with { DeliveredTo = [.. now.DeliveredTo.Append(Uuid).Distinct()] });
            Confirm(isRead: false, [timestamp]);
        }
    }

    internal SandboxSignalMessage Send(SandboxSignalGroup? group, Func<SandboxSignalMessage, SandboxSignalMessage> fill)
    {
        lock (_world.Gate)
        {
            if (!IsRegistered)
                throw new InvalidOperationException("This account is gone.");
            if (group is not null && !group.Members.Contains(this))
                throw new InvalidOperationException("This person is not in the group.");

            var chat = group?.Chat ?? Chat;
            var message = fill(new SandboxSignalMessage(_world.NextTimestamp(), Uuid, Name, false, _world.Now, ""));
            HasWritten |= group is null;
            _world.Put(chat, message);
            Tell(
                chat, message.Timestamp, envelope => envelope["dataMessage"] = SignalJson.Message(_world, message, message.Timestamp, group),
                () => ArriveAtBot(chat, message));
            return message;
        }
    }

    private void React(SandboxSignalMessage message, string emoji, bool isRemove)
    {
        lock (_world.Gate)
        {
            var chat = ChatOf(message);
            var now = chat.Find(message.Timestamp, message.Author)!;
            var timestamp = _world.NextTimestamp();
            _world.Put(chat, now.With(Uuid, isRemove ? null : emoji));
            Tell(chat, timestamp, envelope =>
            {
                envelope["dataMessage"] = SignalJson.Data(timestamp, null, chat.Group);
                envelope["dataMessage"]!["reaction"] = SignalJson.Reaction(_world, emoji, now.Author, NameOf(now), isRemove);
            });
        }
    }

    private (SandboxSignalChat Chat, SandboxSignalMessage Now, long Timestamp) Own(SandboxSignalMessage message)
    {
        var chat = ChatOf(message);
        return message.Author == Uuid
            ? (chat, chat.Find(message.Timestamp, Uuid)!, _world.NextTimestamp())
            : throw new ArgumentException("Not a message of this person.", nameof(message));
    }

    private SandboxSignalChat ChatOf(SandboxSignalMessage message)
    {
        var chat = _world.ChatOf(message);
        return chat == Chat || chat.Group?.Members.Contains(this) == true
            ? chat
            : throw new ArgumentException("This person does not see that message.", nameof(message));
    }

    private long NameOf(SandboxSignalMessage message) => NamesLatestEdit ? message.LatestTimestamp : message.Timestamp;

    private void Confirm(bool isRead, IEnumerable<long> timestamps)
    {
        var when = _world.NextTimestamp();
        long[] confirmed = [.. timestamps];
        if (confirmed.Length > 0)
            _world.Receive(this, when, envelope => envelope["receiptMessage"] = SignalJson.Receipt(when, isRead, confirmed));
    }

    private void ArriveAtBot(SandboxSignalChat chat, SandboxSignalMessage message)
    {
        if (chat.Find(message.Timestamp, message.Author) is { } now)
            _world.Put(chat, now with { DeliveredTo = [.. now.DeliveredTo.Append(_world.BotId).Distinct()] });
    }

    /// <summary>Does nothing for a group without the bot.</summary>
    private void Tell(SandboxSignalChat chat, long timestamp, Action<JsonObject> fill, Action? onOut = null)
    {
        if (chat.Group is null or { HasBot: true })
            _world.Receive(this, timestamp, fill, onOut);
    }
}
