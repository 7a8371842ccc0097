using AlertBot.Domain.Channels;
using AlertBot.Sandbox.Api;
using NodaTime;

namespace AlertBot.Sandbox;

/// <summary>A person's phone: what the person sees and does.</summary>
public sealed class SandboxPhone
{
    private readonly SandboxWorld _world;
    private readonly SandboxBot _bot;

    internal SandboxPhone(SandboxWorld world, SandboxBot bot, long id, string name, string language)
    {
        (_world, _bot, Id, Name, Language) = (world, bot, id, name, language);
    }

    /// <summary>The person's id, also the id of their private chat with a bot.</summary>
    public long Id { get; }

    public string Name { get; }

    public string Language { get; }

    /// <summary>The person's part in the play, shown above the phone: reporter, advocate, coordinator.</summary>
    public string? Role { get; init; }

    /// <summary>The zone in which the page shows times.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>Whether the page shows this phone.</summary>
    public bool IsOnPage { get; init; }

    /// <summary>Whether the person has written to the bot. Before that a bot may not write to them.</summary>
    public bool HasStarted { get; internal set; }

    public bool HasBlockedBot { get; private set; }

    public bool IsDeactivated { get; private set; }

    public ChannelAddress Address => new(ChannelKind.Telegram, Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The private chat with the sandbox's own bot.</summary>
    public SandboxChat Chat => ChatWith(_bot);

    public IReadOnlyList<SandboxMessage> Messages => Chat.Messages;

    public SandboxChat ChatWith(SandboxBot bot)
    {
        lock (_world.Gate)
            return _world.PrivateChat(this, bot);
    }

    /// <inheritdoc cref="SandboxChat.WaitForMessageAsync"/>
    public Task<SandboxMessage> WaitForMessageAsync(Func<SandboxMessage, bool> wanted, TimeSpan? timeout = null) =>
        Chat.WaitForMessageAsync(wanted, timeout);

    /// <inheritdoc cref="SandboxChat.WaitForTextAsync"/>
    public Task<SandboxMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) => Chat.WaitForTextAsync(words, timeout);

    /// <param name="group">Null: the private chat with the bot.</param>
    /// <param name="thread">A topic of a forum.</param>
    public SandboxMessage SendText(string text, SandboxGroup? group = null, long? thread = null, long? replyTo = null) =>
        Send(group, thread, replyTo, message => message with { Text = text, Entities = BotApiText.EntitiesOf(text) });

    public SandboxMessage SendLocation(double latitude, double longitude, SandboxGroup? group = null, long? thread = null) =>
        Send(group, thread, null, message => message with { Location = new GeoPoint(latitude, longitude) });

    /// <param name="kind">photo, voice, video or document.</param>
    /// <param name="name">The file's name; null: the same as its kind.</param>
    public SandboxMessage SendFile(
        byte[] bytes, string kind = "photo", string contentType = "image/jpeg", string? caption = null, SandboxGroup? group = null,
        long? thread = null, string? name = null)
    {
        return Send(group, thread, null, message => message with
        {
            File = _world.AddFile(kind, name ?? kind, contentType, bytes),
            Text = caption ?? "",
            Entities = BotApiText.EntitiesOf(caption ?? ""),
        });
    }

    public SandboxMessage SendPhoto(byte[] bytes, string? caption = null, SandboxGroup? group = null) =>
        SendFile(bytes, "photo", "image/jpeg", caption, group);

    /// <summary>Edits this person's message.</summary>
    public SandboxMessage EditText(long messageId, string text, SandboxGroup? group = null)
    {
        lock (_world.Gate)
        {
            var chat = group?.Chat ?? _world.PrivateChat(this, _bot);
            var old = chat.Find(messageId) is { } found && found.SenderId == Id ? found
                : throw new ArgumentException("No such message of this person.", nameof(messageId));
            var edited = _world.Put(chat, old with { Text = text, Entities = BotApiText.EntitiesOf(text), EditedAt = _world.Now });
            _world.Deliver(chat, edited, "edited_message");
            return edited;
        }
    }

    /// <summary>Presses a button of a message.</summary>
    /// <param name="button">Its data or its label.</param>
    public SandboxPress Press(SandboxMessage message, string button) => Press(message.ChatId, message.Id, button);

    /// <inheritdoc cref="Press(SandboxMessage, string)"/>
    /// <param name="chatId">The group's id, or this person's for the private chat.</param>
    public SandboxPress Press(long chatId, long messageId, string button)
    {
        lock (_world.Gate)
        {
            var chat = ChatOf(chatId);
            var message = chat.Find(messageId) ?? throw new ArgumentException("No such message.", nameof(messageId));
            var pressed = message.AllButtons.FirstOrDefault(choice => choice.Data == button)
                ?? message.AllButtons.FirstOrDefault(choice => choice.Text == button)
                ?? throw new ArgumentException(
                    $"The message has no such button, but: {string.Join(", ", message.AllButtons.Select(b => b.Text))}", nameof(button));
            return _world.Press(chat, message, this, pressed.Data ?? "");
        }
    }

    /// <summary>Presses a button that the phone still shows after the message lost it, or one with forged data.</summary>
    public SandboxPress PressData(SandboxMessage message, string data)
    {
        lock (_world.Gate)
            return _world.Press(ChatOf(message.ChatId), message, this, data);
    }

    public void BlockBot() => SetBlocked(true);

    public void UnblockBot() => SetBlocked(false);

    /// <summary>Deletes the account.</summary>
    public void Deactivate()
    {
        lock (_world.Gate)
        {
            IsDeactivated = true;
            _world.Changed?.Invoke(new SandboxChange.OfChat(Chat));
        }
    }

    /// <summary>Deletes a message of the chat for both sides.</summary>
    public bool Delete(long messageId, SandboxGroup? group = null)
    {
        lock (_world.Gate)
            return _world.Remove(group?.Chat ?? _world.PrivateChat(this, _bot), messageId);
    }

    internal SandboxMessage Send(SandboxGroup? group, long? thread, long? replyTo, Func<SandboxMessage, SandboxMessage> fill)
    {
        lock (_world.Gate)
        {
            var chat = group?.Chat ?? _world.PrivateChat(this, _bot);
            if (group is not null && !chat.Members.Contains(this))
                throw new InvalidOperationException("This person is not in the group.");
            if (group is null && !HasStarted)
            {
                HasStarted = true;
                _world.Changed?.Invoke(new SandboxChange.OfChat(chat));
            }

            var message = fill(new SandboxMessage(chat.NextMessageId(), chat.Id, Id, Name, false, _world.Now, "")
            {
                ThreadId = thread,
                ReplyTo = replyTo,
            });
            if (message.Text.Length > BotApiText.LongestText)
                throw new ArgumentException("A phone would have cut this text into several messages.", nameof(fill));
            _world.Put(chat, message);
            _world.Deliver(chat, message);
            return message;
        }
    }

    private SandboxChat ChatOf(long chatId) => chatId == Id
        ? _world.PrivateChat(this, _bot)
        : _world.Group(chatId) ?? throw new ArgumentException("No such chat.", nameof(chatId));

    private void SetBlocked(bool blocked)
    {
        lock (_world.Gate)
        {
            if (HasBlockedBot == blocked)
                return;
            HasBlockedBot = blocked;
            HasStarted = true;
            var chat = _world.PrivateChat(this, _bot);
            _bot.Push("my_chat_member", BotApiJson.OwnMembership(
                _world, chat, this, _bot, blocked ? "member" : "kicked", blocked ? "kicked" : "member"));
            _world.Changed?.Invoke(new SandboxChange.OfChat(chat));
        }
    }
}
