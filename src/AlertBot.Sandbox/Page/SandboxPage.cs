using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.Sandbox.Page;

/// <summary>
/// The page's content: windows in the order of their adding, a replay's log, the clock. It is read and changed under the world's gate, and every
/// change goes into the feed.
/// </summary>
internal sealed class SandboxPage
{
    private const int NarrationKept = 2000;

    private readonly SandboxWorld _world;
    private readonly SandboxBot _bot;
    private readonly List<PageWindow> _windows = [];
    private readonly Queue<JsonObject> _narration = new();
    private PageStory? _story;
    private string _mode = "live";
    private bool _isOver;
    private long _lastLine;
    private int _passed;
    private int _failed;

    public SandboxPage(SandboxWorld world, SandboxBot bot)
    {
        (_world, _bot) = (world, bot);
        world.Changed = Tell;
    }

    public PageFeed Feed { get; } = new();

    /// <summary>Called with the word that a visitor chose beside the caption.</summary>
    public Action<string>? Chosen { get; set; }

    public PageWindow? Window(string? key) => _windows.Find(window => window.Key == key);

    public void Show(SandboxPhone phone) => Show(new TelegramWindow(
        string.Create(CultureInfo.InvariantCulture, $"person-{phone.Id}"), phone, null, phone.Zone));

    public void Show(SandboxGroup group) => Show(new TelegramWindow(
        string.Create(CultureInfo.InvariantCulture, $"group{group.Id}"), null, group, _world.Options.PageZone));

    public void Show(SignalWorld signal, SandboxSignalPhone phone) => Show(new SignalWindow(
        string.Create(CultureInfo.InvariantCulture, $"signal-{phone.Id}"), signal, phone, null, phone.Zone));

    public void Show(SignalWorld signal, SandboxSignalGroup group) => Show(new SignalWindow(
        string.Create(CultureInfo.InvariantCulture, $"signal-group-{group.Number}"), signal, null, group, _world.Options.PageZone));

    public void Narrate(string text, string? kind)
    {
        _passed += kind == "pass" ? 1 : 0;
        _failed += kind == "fail" ? 1 : 0;
        var line = new JsonObject
        {
            ["number"] = ++_lastLine,
            ["at"] = PageJson.Local(_world.Now, _world.Options.PageZone),
            ["kind"] = kind,
            ["text"] = text,
        };
        _narration.Enqueue(line);
        if (_narration.Count > NarrationKept)
            _narration.Dequeue();
        Feed.Publish("narration", new JsonObject { ["line"] = line.DeepClone(), ["passed"] = _passed, ["failed"] = _failed });
    }

    public void SetMode(string mode)
    {
        // After a replay the clock shows the real time.
        _isOver = mode == "live" && (_isOver || _mode == "replay");
        _mode = mode;
        Feed.Publish("mode", new JsonObject { ["mode"] = mode });
    }

    public void Say(PageStory? story)
    {
        _story = story;
        Feed.Publish("story", new JsonObject { ["story"] = Story() });
    }

    public void Tally(int passed, int failed)
    {
        (_passed, _failed) = (passed, failed);
        Feed.Publish("tally", new JsonObject { ["passed"] = passed, ["failed"] = failed });
    }

    /// <returns>False if the word is not on offer.</returns>
    public bool Choose(string? word)
    {
        if (_story?.Choices.Any(choice => choice.Word == word) != true)
            return false;
        Chosen?.Invoke(word!);
        return true;
    }

    /// <summary>Everything that a newly opened page needs, and the place in the feed from which it continues.</summary>
    public JsonObject State() => new()
    {
        ["position"] = Feed.Position,
        ["mode"] = _mode,
        ["clock"] = Clock(),
        ["windows"] = new JsonArray([.. _windows.Select(JsonNode (window) => Whole(window))]),
        ["story"] = Story(),
        ["narration"] = new JsonArray([.. _narration.Select(line => line.DeepClone())]),
        ["passed"] = _passed,
        ["failed"] = _failed,
    };

    public JsonObject Clock() => PageJson.Clock(
        _world.Now, _world.Options.PageZone, isVirtual: !_isOver && _world.Options.Clock is not SystemClock, _windows.Select(window => window.Zone));

    /// <summary>The messages of a chat before a given one.</summary>
    public JsonObject Room(PageWindow window, long? thread, long? before) => window switch
    {
        TelegramWindow telegram => PageJson.Room(_world, telegram, thread, before),
        SignalWindow signal => SignalPageJson.Room(signal, before),
        _ => throw new InvalidOperationException("A window that nobody draws."),
    };

    private JsonObject? Story() => _story is null ? null : new JsonObject
    {
        ["caption"] = _story.Caption,
        ["scene"] = _story.Scene,
        ["scenes"] = _story.Scenes,
        ["on"] = _story.On,
        ["words"] = _story.Words,
        ["press"] = _story.Press,
        ["cast"] = new JsonArray([.. _story.Cast.Select(name => JsonValue.Create(name))]),
        ["tries"] = new JsonArray([.. _story.Tries.Select(JsonNode (one) => new JsonObject
        {
            ["on"] = one.On,
            ["what"] = one.What,
            ["text"] = one.Text,
        })]),
        ["choices"] = new JsonArray([.. _story.Choices.Select(JsonNode (one) => new JsonObject { ["word"] = one.Word, ["label"] = one.Label })]),
    };

    private void Show(PageWindow window)
    {
        _windows.Add(window);
        Feed.Publish("window", Whole(window));
    }

    private JsonObject Whole(PageWindow window)
    {
        var json = Info(window);
        var threads = window is TelegramWindow { Chat: { IsForum: true } forum }
            ? [null, .. forum.Topics.Keys.Select(thread => (long?)thread)]
            : new long?[] { null };
        json["rooms"] = new JsonArray([.. threads.Select(JsonNode (thread) => Room(window, thread, before: null))]);
        return json;
    }

    private void Tell(SandboxChange change)
    {
        switch (change)
        {
            case SandboxChange.OfMessage(var chat, var message) when Of(chat) is { } window:
                Feed.Publish("message", new JsonObject { ["window"] = window.Key, ["message"] = PageJson.Message(_world, window, message) });
                break;
            case SandboxChange.OfPress(var chat, var messageId, var by, var data) when Of(chat) is { } window:
                Feed.Publish("press", new JsonObject { ["window"] = window.Key, ["message"] = messageId, ["by"] = by.Id, ["data"] = data });
                break;
            case SandboxChange.OfAnswer(var chat, var messageId, var text) when Of(chat) is { } window:
                Feed.Publish("answer", new JsonObject { ["window"] = window.Key, ["message"] = messageId, ["text"] = text });
                break;
            case SandboxChange.OfChat(var chat) when Of(chat) is { } window:
                Feed.Publish("info", Info(window));
                break;
            case SandboxChange.OfMove(var chat) when Of(chat) is { } window:
                Feed.Publish("window", Whole(window));
                break;
            case SandboxChange.OfSignalMessage(var chat, var message) when Of(chat) is { } window:
                Feed.Publish("message", new JsonObject { ["window"] = window.Key, ["message"] = SignalPageJson.Message(window, message) });
                break;
            case SandboxChange.OfSignalChat(var chat) when Of(chat) is { } window:
                Feed.Publish("info", Info(window));
                break;
            case SandboxChange.OfCommands:
                foreach (var window in _windows.OfType<TelegramWindow>())
                    Feed.Publish("info", Info(window));
                break;
            default:
                break;
        }
    }

    private JsonObject Info(PageWindow window) => window switch
    {
        TelegramWindow telegram => PageJson.Window(telegram, _bot),
        SignalWindow signal => SignalPageJson.Window(signal),
        _ => throw new InvalidOperationException("A window that nobody draws."),
    };

    private TelegramWindow? Of(SandboxChat chat) => _windows.OfType<TelegramWindow>().FirstOrDefault(window => ReferenceEquals(window.Chat, chat));

    private SignalWindow? Of(SandboxSignalChat chat) => _windows.OfType<SignalWindow>().FirstOrDefault(window => ReferenceEquals(window.Chat, chat));
}
