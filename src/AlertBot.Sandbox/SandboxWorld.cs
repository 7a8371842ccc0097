using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Sandbox.Api;
using NodaTime;

namespace AlertBot.Sandbox;

/// <summary>All people, bots and chats of a sandbox, read and changed under <see cref="Gate"/>.</summary>
internal sealed partial class SandboxWorld(SandboxOptions options)
{
    private readonly Dictionary<string, SandboxBot> _botsByToken = [];
    private readonly Dictionary<long, SandboxPhone> _people = [];
    private readonly Dictionary<long, SandboxChat> _groups = [];
    private readonly Dictionary<(long Person, long Bot), SandboxChat> _private = [];
    private readonly Dictionary<string, PendingPress> _presses = [];
    private readonly Dictionary<string, (SandboxFile File, byte[] Bytes)> _files = [];
    private readonly Random _random = new(options.Seed);
    private long _lastPress;
    private long _lastFile;

    public Lock Gate { get; } = new();

    public SandboxOptions Options { get; } = options;

    public IReadOnlyCollection<SandboxPhone> People => _people.Values;

    public IReadOnlyCollection<SandboxChat> Groups => _groups.Values;

    /// <summary>Called under the gate with every visible change, so it must be quick.</summary>
    public Action<SandboxChange>? Changed { get; set; }

    /// <summary>True if nothing passes between Telegram and the bots.</summary>
    public bool IsTelegramDown { get; set; }

    public Instant Now => Options.Clock.GetCurrentInstant();

    /// <summary>Null if the token has another form than digits, a colon, and at least 30 letters.</summary>
    public SandboxBot? BotOf(string token, string? username = null)
    {
        if (_botsByToken.TryGetValue(token, out var known))
            return known;
        if (!TokenForm().IsMatch(token) || !long.TryParse(token[..token.IndexOf(':')], CultureInfo.InvariantCulture, out var id))
            return null;

        var firstUpdate = Options.FirstUpdateId
            ?? (long)(TimeProvider.System.GetUtcNow() - new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        var bot = new SandboxBot(id, token, username ?? $"Sandbox{id}Bot", firstUpdate)
        {
            Limiter = Options.Limits is { } limits ? new RateLimiter(limits, Options.Time) : null,
        };
        return _botsByToken[token] = bot;
    }

    public bool IsBot(long id) => _botsByToken.Values.Any(bot => bot.Id == id);

    public IEnumerable<SandboxBot> Bots => _botsByToken.Values;

    public SandboxPhone? Person(long id) => _people.GetValueOrDefault(id);

    public void Add(SandboxPhone person) => _people.Add(person.Id, person);

    public SandboxChat? Group(long id) => _groups.GetValueOrDefault(id);

    public void Add(SandboxChat group) => _groups.Add(group.Id, group);

    public SandboxChat PrivateChat(SandboxPhone person, SandboxBot bot)
    {
        if (!_private.TryGetValue((person.Id, bot.Id), out var chat))
            _private[(person.Id, bot.Id)] = chat = new SandboxChat(this, person.Id, "private", person.Name, person, bot);
        return chat;
    }

    /// <summary>Adds a message to a chat and reports the change.</summary>
    public SandboxMessage Put(SandboxChat chat, SandboxMessage message)
    {
        chat.Put(message);
        Changed?.Invoke(new SandboxChange.OfMessage(chat, message));
        return message;
    }

    /// <summary>Removes a message from a chat; only its place is remembered.</summary>
    public bool Remove(SandboxChat chat, long messageId)
    {
        if (chat.Remove(messageId) is not { } trace)
            return false;
        Changed?.Invoke(new SandboxChange.OfMessage(chat, trace));
        return true;
    }

    public SandboxFile AddFile(string kind, string name, string contentType, byte[] bytes)
    {
        var file = new SandboxFile(string.Create(CultureInfo.InvariantCulture, $"sandbox-file-{++_lastFile}"), kind, name, contentType, bytes.Length);
        _files[file.Id] = (file, bytes);
        return file;
    }

    public (SandboxFile File, byte[] Bytes)? File(string id) =>
        _files.TryGetValue(id.EndsWith("-s", StringComparison.Ordinal) ? id[..^2] : id, out var found) ? found : null;

    /// <summary>Adds a message of a person or of a group's admin, and delivers it to every bot that may see it.</summary>
    public void Deliver(SandboxChat chat, SandboxMessage message, string type = "message")
    {
        foreach (var bot in BotsIn(chat))
        {
            if (!chat.IsGroup || Sees(bot, chat, message))
                bot.Push(type, BotApiJson.Message(this, chat, message, bot));
        }
    }

    public SandboxPress Press(SandboxChat chat, SandboxMessage message, SandboxPhone by, string data)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{4_000_000_000_000_000_000 + ++_lastPress}");
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _presses[id] = new PendingPress(Options.Time.GetTimestamp(), answer, chat, message.Id);
        Changed?.Invoke(new SandboxChange.OfPress(chat, message.Id, by, data));
        foreach (var bot in BotsIn(chat).Where(bot => bot.Id == message.SenderId))
            bot.Push("callback_query", BotApiJson.Press(this, chat, message, by, id, data, bot));
        return new SandboxPress(id, answer.Task);
    }

    /// <returns>False if the press is unknown or too old.</returns>
    public bool AnswerPress(string id, string? text)
    {
        if (!_presses.TryGetValue(id, out var press) || Options.Time.GetElapsedTime(press.At) > Options.PressLifetime)
            return false;
        if (press.Answer.TrySetResult(text))
            Changed?.Invoke(new SandboxChange.OfAnswer(press.Chat, press.MessageId, text));
        return true;
    }

    /// <summary>Waits as long as an answer takes over the internet.</summary>
    public async Task PauseAsync(CancellationToken ct)
    {
        if (Options.Latency is not { } latency)
            return;
        double share;
        lock (_random)
            share = _random.NextDouble();
        await Task.Delay(latency.Shortest + (latency.Longest - latency.Shortest) * share, Options.Time, ct);
    }

    public static IEnumerable<SandboxBot> BotsIn(SandboxChat chat) =>
        chat.PrivateBot is { } bot ? [bot] : chat.Bots.Where(pair => IsIn(pair.Value)).Select(pair => pair.Key);

    public static bool IsIn(string? status) => status is "member" or "administrator" or "restricted";

    private static bool Sees(SandboxBot bot, SandboxChat chat, SandboxMessage message) =>
        !bot.HasPrivacy
        || message.IsService
        || chat.Bots.GetValueOrDefault(bot) == "administrator"
        || message.Text.StartsWith('/')
        || message.Text.Contains("@" + bot.Username, StringComparison.OrdinalIgnoreCase)
        || (message.ReplyTo is { } to && chat.Find(to)?.SenderId == bot.Id);

    [GeneratedRegex("^[0-9]{1,16}:[A-Za-z0-9_-]{30,60}$")]
    private static partial Regex TokenForm();

    private sealed record PendingPress(long At, TaskCompletionSource<string?> Answer, SandboxChat Chat, long MessageId);
}
