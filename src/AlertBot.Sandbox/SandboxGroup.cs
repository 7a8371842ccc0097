using AlertBot.Domain.Channels;
using AlertBot.Sandbox.Api;

namespace AlertBot.Sandbox;

/// <summary>A group, a supergroup or a forum, and its admins' actions.</summary>
public sealed class SandboxGroup
{
    private readonly SandboxWorld _world;
    private readonly SandboxBot _bot;

    internal SandboxGroup(SandboxWorld world, SandboxBot bot, SandboxChat chat)
    {
        (_world, _bot, Chat) = (world, bot, chat);
    }

    /// <summary>The group's chat, which <see cref="Migrate"/> replaces.</summary>
    public SandboxChat Chat { get; private set; }

    public long Id => Chat.Id;

    public string Title => Chat.Title;

    public IReadOnlyList<SandboxMessage> Messages => Chat.Messages;

    public ChannelAddress Address => new(ChannelKind.Telegram, Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public bool IsOnPage { get; init; }

    public ChannelAddress AddressOf(long thread) => new(
        ChannelKind.Telegram, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id}/{thread}"));

    /// <inheritdoc cref="SandboxChat.WaitForMessageAsync"/>
    public Task<SandboxMessage> WaitForMessageAsync(Func<SandboxMessage, bool> wanted, TimeSpan? timeout = null) =>
        Chat.WaitForMessageAsync(wanted, timeout);

    /// <inheritdoc cref="SandboxChat.WaitForTextAsync"/>
    public Task<SandboxMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) => Chat.WaitForTextAsync(words, timeout);

    public void AddBot(SandboxPhone by) => SetBot(by, "member");

    public void RemoveBot(SandboxPhone by) => SetBot(by, "kicked");

    /// <summary>Makes the bot an administrator, who sees every message.</summary>
    public void PromoteBot(SandboxPhone by) => SetBot(by, "administrator");

    /// <summary>Forbids members, including a bot that is no admin, to write.</summary>
    public void Mute(bool muted = true)
    {
        lock (_world.Gate)
            Chat.MembersMayWrite = !muted;
    }

    public void Delete()
    {
        lock (_world.Gate)
        {
            Chat.IsDeleted = true;
            Tell();
        }
    }

    public void Promote(SandboxPhone person)
    {
        lock (_world.Gate)
            Chat.Admins.Add(person);
    }

    public void Join(params SandboxPhone[] people)
    {
        lock (_world.Gate)
        {
            Chat.Members.AddRange(people.Except(Chat.Members));
            Tell();
            var message = _world.Put(Chat, Service(people[0], $"{string.Join(", ", people.Select(person => person.Name))} joined"));
            foreach (var bot in SandboxWorld.BotsIn(Chat))
            {
                bot.Push("message", BotApiJson.Service(_world, Chat, message, bot, "new_chat_members", BotApiJson.People(people)));
                if (Chat.Bots[bot] == "administrator")
                {
                    foreach (var person in people)
                        bot.Push("chat_member", BotApiJson.Membership(_world, Chat, person, person, "left", "member"));
                }
            }
        }
    }

    /// <summary>An admin posts as the group, and nobody learns who.</summary>
    public SandboxMessage SendAnonymously(string text, long? thread = null)
    {
        lock (_world.Gate)
        {
            var message = _world.Put(Chat, new SandboxMessage(Chat.NextMessageId(), Chat.Id, Chat.Id, Chat.Title, false, _world.Now, text)
            {
                Entities = BotApiText.EntitiesOf(text),
                ThreadId = thread,
            });
            _world.Deliver(Chat, message);
            return message;
        }
    }

    /// <returns>The topic's id.</returns>
    public long AddTopic(string title)
    {
        lock (_world.Gate)
        {
            var message = _world.Put(Chat, Service(null, $"Topic: {title}"));
            Chat.Topics[message.Id] = new SandboxTopic(message.Id, title);
            Tell();
            return message.Id;
        }
    }

    public void CloseTopic(long thread, bool closed = true)
    {
        lock (_world.Gate)
        {
            Chat.Topics[thread] = Chat.Topics[thread] with { IsClosed = closed };
            Tell();
        }
    }

    public void DeleteTopic(long thread)
    {
        lock (_world.Gate)
        {
            Chat.Topics.Remove(thread);
            Tell();
        }
    }

    /// <summary>Makes the group a supergroup: it gets a new id, and the old one refuses messages.</summary>
    public void Migrate()
    {
        lock (_world.Gate)
        {
            var old = Chat;
            var now = new SandboxChat(_world, -1_000_000_000_000 - Math.Abs(old.Id), "supergroup", old.Title, null, null);
            now.Members.AddRange(old.Members);
            now.Admins.UnionWith(old.Admins);
            foreach (var (bot, status) in old.Bots)
                now.Bots[bot] = status;
            _world.Add(now);
            old.MigratedTo = now.Id;
            var left = _world.Put(old, Service(null, "The group moved"));
            Chat = now;
            _world.Changed?.Invoke(new SandboxChange.OfMove(now));
            var came = _world.Put(now, Service(null, "The group became a supergroup"));
            foreach (var bot in SandboxWorld.BotsIn(now))
            {
                bot.Push("message", BotApiJson.Service(_world, old, left, bot, "migrate_to_chat_id", now.Id));
                bot.Push("message", BotApiJson.Service(_world, now, came, bot, "migrate_from_chat_id", old.Id));
            }
        }
    }

    private SandboxMessage Service(SandboxPhone? by, string text) => new(
        Chat.NextMessageId(), Chat.Id, by?.Id ?? Chat.Id, by?.Name ?? Chat.Title, false, _world.Now, text)
    { IsService = true };

    private void Tell() => _world.Changed?.Invoke(new SandboxChange.OfChat(Chat));

    private void SetBot(SandboxPhone by, string status)
    {
        lock (_world.Gate)
        {
            var before = Chat.Bots.GetValueOrDefault(_bot) ?? "left";
            if (before == status)
                return;
            Chat.Bots[_bot] = status;
            Tell();
            _bot.Push("my_chat_member", BotApiJson.OwnMembership(_world, Chat, by, _bot, before, status));
            if (!SandboxWorld.IsIn(before) && SandboxWorld.IsIn(status))
            {
                var message = _world.Put(Chat, Service(by, $"{by.Name} added {_bot.Username}"));
                _bot.Push("message", BotApiJson.Service(_world, Chat, message, _bot, "new_chat_members", BotApiJson.Bots(_bot)));
            }
        }
    }
}
