using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// One update being handled: who said what where, and what we answer. Everything it changes is committed together
/// with its answers, or not at all. Prints as a mask.
/// </summary>
/// <param name="UpdateId">Of the stored update; answers are told apart by it.</param>
/// <param name="Here">The chat it came from, and where answers go.</param>
/// <param name="Person">Who said it; null for an anonymous admin, or somebody in a group whom we do not know.</param>
public sealed record Talk(
    Session Session, TextCatalog Texts, Guid UpdateId, IncomingUpdate Update, Address Here, Person? Person, CancellationToken Cancelled)
{
    private readonly List<Answer> _answers = [];

    private readonly List<Func<CancellationToken, Task>> _afterwards = [];

    public IReadOnlyList<Answer> Answers => _answers;

    /// <summary>What is tried once all is committed, and may fail: menus of commands.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Afterwards => _afterwards;

    /// <summary>The language of the person in a private chat, of the group in a group.</summary>
    public string Language { get; set; } = Here.IsGroup ? Here.Language : Person?.Language ?? Here.Language;

    public Instant Now => Session.Now;

    public DateTimeZone Zone => Person?.Zone ?? DateTimeZone.Utc;

    public bool IsGroup => Here.IsGroup;

    /// <summary>Whether the messenger has buttons. Where it has none, a choice is a message, and its answer stands below it.</summary>
    public bool HasButtons { get; init; } = true;

    /// <summary>An earlier part of the same album was answered: this one needs no answer of its own.</summary>
    public bool IsMoreOfAlbum { get; init; }

    /// <summary>What pops up over a button that was pressed.</summary>
    public string? PressNotice { get; private set; }

    /// <summary>Whether the one who speaks may act as that, here and now. Ask where the act happens.</summary>
    public bool May(Role needed) => Person?.MayActAs(needed) == true;

    public void Reply(string key, params (string Name, object Value)[] arguments) => Reply(Texts.Say(Language, key, arguments));

    /// <summary>A file, with a few words under it.</summary>
    public void Reply(RichText text, OutgoingFile file) => _answers.Add(new Answer(new OutgoingMessage(text) { File = file }, null));

    public void Reply(RichText text, IReadOnlyList<IReadOnlyList<Choice>>? choices = null, bool askLocation = false) =>
        _answers.Add(new Answer(new OutgoingMessage(text, choices, AskLocation: askLocation), null));

    /// <summary>
    /// Changes the message whose button was pressed: its text, and its buttons unless new ones are given. Without buttons, what was
    /// chosen stands further up, and the answer follows what the person wrote.
    /// </summary>
    public void EditPressed(RichText text, IReadOnlyList<IReadOnlyList<Choice>>? choices = null)
    {
        if (HasButtons && Update.About is { } message)
            _answers.Add(new Answer(new OutgoingMessage(text, choices), message));
        else
            Reply(text, choices);
    }

    public void Notice(string key, params (string Name, object Value)[] arguments) => PressNotice = Texts.Say(Language, key, arguments).Plain;

    public void Afterward(Func<CancellationToken, Task> work) => _afterwards.Add(work);

    /// <summary>A button labelled in the language of the chat.</summary>
    /// <param name="data">At most 64 bytes; its first part, up to a colon, names the <see cref="IPress"/> that takes it.</param>
    public Choice Button(string key, string data) => new(Texts.Say(Language, key).Plain, data);

    public override string ToString() => "(talk)";
}

/// <param name="Edits">The message to change; null: a new one.</param>
public sealed record Answer(OutgoingMessage Message, MessageRef? Edits);
