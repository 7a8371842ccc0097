using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AlertBot.Sandbox;

/// <summary>One bot account: its queue of updates, its webhook, its limits.</summary>
public sealed class SandboxBot
{
    private readonly List<(long Id, string Json)> _updates = [];
    private TaskCompletionSource<bool>? _poll;
    private long _nextUpdateId;

    internal SandboxBot(long id, string token, string username, long firstUpdateId)
    {
        (Id, Token, Username, _nextUpdateId) = (id, token, username, firstUpdateId);
    }

    public long Id { get; }

    public string Token { get; }

    public string Username { get; }

    /// <summary>True by Telegram's default: in groups the bot sees only commands, mentions and replies to it.</summary>
    public bool HasPrivacy { get; set; } = true;

    /// <summary>The command menus it has set, by scope and language: <c>default:</c>, <c>chat 7:ru</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Commands => CommandMenus.ToDictionary(
        menu => menu.Key, IReadOnlyList<string> (menu) => [.. menu.Value.Select(command => command.Name)]);

    /// <summary>How many updates it has not yet confirmed.</summary>
    public int PendingUpdates => _updates.Count;

    internal ConcurrentDictionary<string, IReadOnlyList<SandboxCommand>> CommandMenus { get; } = [];

    /// <summary>Null means everything but chat_member and reactions, Telegram's default.</summary>
    internal HashSet<string>? AllowedUpdates { get; set; }

    internal SandboxWebhook? Webhook { get; set; }

    internal RateLimiter? Limiter { get; set; }

    /// <summary>
    /// The menu that a phone shows in a chat: the first one set, from this chat up to everybody, in the phone's language before any language;
    /// https://core.telegram.org/bots/api#determining-list-of-commands.
    /// </summary>
    internal IReadOnlyList<SandboxCommand> MenuIn(SandboxChat chat, string language)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"chat {chat.Id}");
        string[] scopes = [own, chat.IsGroup ? "all_group_chats" : "all_private_chats", "default"];
        foreach (var scope in scopes)
        {
            if (CommandMenus.TryGetValue($"{scope}:{language}", out var menu) || CommandMenus.TryGetValue($"{scope}:", out menu))
                return menu;
        }

        return [];
    }

    internal void Push(string type, JsonObject content)
    {
        if (AllowedUpdates is { Count: > 0 } ? !AllowedUpdates.Contains(type) : type is "chat_member")
            return;

        var id = _nextUpdateId++;
        _updates.Add((id, new JsonObject { ["update_id"] = id, [type] = content }.ToJsonString()));
        _poll?.TrySetResult(true);
        Webhook?.Wake();
    }

    /// <summary>Puts any text into the queue, to test how a bot takes it. <c>{id}</c> stands for the update's id.</summary>
    internal void PushRaw(string json)
    {
        var id = _nextUpdateId++;
        _updates.Add((id, json.Replace("{id}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        _poll?.TrySetResult(true);
        Webhook?.Wake();
    }

    /// <summary>The waiting updates from <paramref name="offset"/> on. All before it count as received and are dropped.</summary>
    internal IReadOnlyList<string> Take(long offset, int limit)
    {
        // An offset from the future belongs to an earlier start of this bot. Telegram then starts from the oldest update it has.
        if (offset > 0 && offset <= _nextUpdateId)
            _updates.RemoveAll(update => update.Id < offset);
        else if (offset < 0 && _updates.Count > -offset)
            _updates.RemoveRange(0, _updates.Count + (int)offset);
        return [.. _updates.Take(limit).Select(update => update.Json)];
    }

    internal (long Id, string Json)? First => _updates.Count > 0 ? _updates[0] : null;

    internal void Forget(long updateId) => _updates.RemoveAll(update => update.Id <= updateId);

    internal void Clear() => _updates.Clear();

    /// <summary>Begins a poll, and ends an older one that still waits: its task gives false.</summary>
    internal Task<bool> BeginPoll()
    {
        EndPolls();
        _poll = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _poll.Task;
    }

    internal void EndPolls() => _poll?.TrySetResult(false);
}

internal sealed record SandboxCommand(string Name, string Description);
