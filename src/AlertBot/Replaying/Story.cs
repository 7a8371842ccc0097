using System.Globalization;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Page;
using AlertBot.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Replaying;

/// <summary>
/// One story of ninety seconds on the phones, played by the running program: what a witness writes, who hears of it, who takes it, which
/// clocks start. Where a visitor may press a button in somebody's place, the story waits a little and then goes on by itself.
/// </summary>
/// <param name="tell">Says each scene, a line at a time.</param>
public sealed class Story(SandboxServer sandbox, Cast cast, TextCatalog texts, IClock clock, Action<string> tell)
{
    public const string Skip = "skip";

    /// <summary>The witness's message, with the name in her own spelling.</summary>
    private const string Witness = "Еки адам инимди үйинен алып кетти! Азамат Ойланбаев, Алматы";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly LocalDateTimePattern Typed = LocalDateTimePattern.CreateWithInvariantCulture("dd.MM.uuuu HH:mm");

    private int _scene;

    /// <summary>The number of scenes.</summary>
    public const int Scenes = 10;

    /// <summary>The factor on all pauses: 1 is reading speed, more is slower.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Called while a scene is visible.</summary>
    public Func<StoryScene, Task> Shown { get; init; } = _ => Task.CompletedTask;

    public async Task PlayAsync(CancellationToken ct)
    {
        var (aygul, marta) = (Actor.Of(cast.Reporter), Actor.Of(cast.Coordinator));
        var (ruth, group) = (Actor.Of(cast.Advocates[1]), Actor.Of(cast.Group));
        cast.Reporter.SendText(Witness);
        await SceneAsync(
            aygul, "Two men have just taken Azamat from his home. His sister Aygul writes it to the bot, in Karakalpak, as fast as she can. "
            + "No menu, no form.", "алып кетти", 7, ct);
        await PressAsync(
            aygul, "She is answered within a second, and asked no more than she can say.", "report.send", 9, ct);
        await SceneAsync(
            ruth, "Ruth, an advocate abroad, has the heads-up. The sister wrote «Азамат Ойланбаев», the case says “Azamat Oylanbayev”: "
            + "the bot knew who is meant, behind another alphabet and spelling.", StoryCase.Code.Text, 9, ct);
        await SceneAsync(
            group, "The group hears of it too, by a code. No name ever stands where everybody reads along.", StoryCase.Code.Text, 7, ct);
        await SceneAsync(
            marta, "Marta coordinates. She reads what was told, who may be meant, how likely and why.", StoryCase.Code.Text, 8, ct);
        await PressAsync(
            ruth, "Somebody has to say: I am on it. Until one does, the bot tells more and more people, and does not let go.",
            "button.on-it", 12, ct);
        await SceneAsync(
            group, "Every card says so in the same second, in its place: nobody asks who goes, and nobody goes in vain.", "✅", 8, ct);

        var (onMarta, onRuth) = (marta.Count, ruth.Count);
        cast.Coordinator.SendText(EventLine());
        await SceneAsync(
            marta, "Marta puts the arrest on file in one line, and the clocks of the law start.", StoryCase.Code.Text, 8, ct, onMarta + 2);
        await SceneAsync(
            ruth, "The clocks speak by themselves: which limit runs, until when at the earliest and at the latest.",
            StoryCase.Code.Text, 11, ct, onRuth + 1);
        onRuth = ruth.Count;
        cast.Advocates[1].SendText("/next");
        await SceneAsync(
            ruth, "From now on no lawful date passes unseen. Ruth asks what comes next.", StoryCase.Code.Text, 9, ct, onRuth + 2);
    }

    private string EventLine()
    {
        var local = (clock.GetCurrentInstant() - Duration.FromMinutes(20)).InZone(StoryCase.Zone).LocalDateTime;
        return $"/event {StoryCase.Code} detention_start {Typed.Format(local)}";
    }

    // Waits for the message first, so that the caption appears together with it.
    private async Task SceneAsync(Actor on, string caption, string words, double seconds, CancellationToken ct, int least = 0)
    {
        await UntilAsync(() => on.Count >= least && on.Shows(words), Patience, ct);
        Say(on, caption, null, words);
        await Shown(new StoryScene(_scene, on.Name, words, caption));
        await Task.Delay(TimeSpan.FromSeconds(seconds * Pace), TimeProvider.System, ct);
    }

    private async Task PressAsync(Actor on, string caption, string key, double seconds, CancellationToken ct)
    {
        var label = texts.Plain(texts.Languages.Choose(on.Language), key);
        Say(on, caption, null, null);
        await UntilAsync(() => on.Button(label) is not null, TimeSpan.FromSeconds(5), ct);
        var isThere = on.Button(label) is not null;
        if (isThere)
            Say(on, caption, label, null, isSame: true);
        await Shown(new StoryScene(_scene, on.Name, isThere ? label : "", caption));
        await UntilAsync(() => isThere && on.Button(label) is null, TimeSpan.FromSeconds(seconds * Pace), ct);
        if (on.Button(label) is { } message)
            on.Phone!.Press(message, label);
    }

    private void Say(Actor on, string caption, string? press, string? words, bool isSame = false)
    {
        if (!isSame)
            tell($"{++_scene,2} of {Scenes}  {on.Name}: {caption}");
        sandbox.Say(new PageStory(caption)
        {
            Scene = _scene,
            Scenes = Scenes,
            On = on.Name,
            Words = words,
            Press = press,
            Cast = [cast.Reporter.Name, cast.Coordinator.Name, cast.Advocates[1].Name, cast.Group.Title],
            Choices = [(Skip, "Skip the story")],
        });
    }

    // Gives up quietly: a story that stops shows nothing.
    private static async Task UntilAsync(Func<bool> isSo, TimeSpan patience, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < patience && !isSo(); waited += Look)
            await Task.Delay(Look, TimeProvider.System, ct);
    }

    /// <summary>A person in the story, and what that phone shows.</summary>
    private sealed record Actor(string Name, string Language, SandboxPhone? Phone, Func<IReadOnlyList<SandboxMessage>> Messages)
    {
        public static Actor Of(SandboxPhone phone) => new(phone.Name, phone.Language, phone, () => phone.Messages);

        public static Actor Of(SandboxGroup group) => new(group.Title, "en", null, () => group.Messages);

        public int Count => Messages().Count;

        public bool Shows(string words) => Messages().Any(message => message.Text.Contains(words, StringComparison.Ordinal));

        public SandboxMessage? Button(string label) =>
            Messages().LastOrDefault(message => message.IsFromBot && message.AllButtons.Any(button => button.Text == label));
    }
}

/// <summary>One scene of the story as the visitor sees it.</summary>
/// <param name="On">The name above the phone.</param>
/// <param name="Words">Words of a message or a button on that phone.</param>
public sealed record StoryScene(int Number, string On, string Words, string Caption)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"scene {Number} on {On}");
}
