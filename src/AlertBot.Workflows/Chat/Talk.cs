using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// One update being handled: who said what where, and our answers. Everything it changes is committed together
/// with its answers, or not at all. Prints as a mask.
/// </summary>
/// <param name="UpdateId">The id of the stored update, which makes its answers distinct.</param>
/// <param name="Here">The chat that it came from and that gets the answers.</param>
/// <param name="Person">The author; null for an anonymous admin, or for an unknown person in a group.</param>
public sealed record Talk(
    Session Session, TextCatalog Texts, Guid UpdateId, IncomingUpdate Update, Address Here, Person? Person, CancellationToken Cancelled)
{
    private readonly List<Answer> _answers = [];

    private readonly List<Func<CancellationToken, Task>> _afterwards = [];

    public IReadOnlyList<Answer> Answers => _answers;

    /// <summary>Work for after the commit that may fail, such as command menus.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Afterwards => _afterwards;

    /// <summary>The person's language in a private chat, the group's in a group.</summary>
    public string Language { get; set; } = Here.IsGroup ? Here.Language : Person?.Language ?? Here.Language;

    public Instant Now => Session.Now;

    /// <summary>True if nobody has written from this chat before: nothing of it is stored that would have to be read.</summary>
    public bool IsFirst { get; init; }

    /// <summary>True once it is known that the author has a report. False: nobody has looked.</summary>
    public bool HasReport { get; set; }

    public DateTimeZone Zone => Person?.Zone ?? DateTimeZone.Utc;

    public bool IsGroup => Here.IsGroup;

    /// <summary>Whether the messenger has buttons. Without them a choice arrives as a message, and the answer goes below it.</summary>
    public bool HasButtons { get; init; } = true;

    /// <summary>True if an earlier part of the same album was answered, so that this part needs no answer.</summary>
    public bool IsMoreOfAlbum { get; init; }

    /// <summary>The notice that pops up over the pressed button.</summary>
    public string? PressNotice { get; private set; }

    /// <summary>Whether the person may act in that role, here and now. Ask where the act happens.</summary>
    public bool May(Role needed) => Person?.MayActAs(needed) == true;

    public void Reply(string key, params (string Name, object Value)[] arguments) => Reply(Texts.Say(Language, key, arguments));

    /// <summary>Answers with a file and a few words under it.</summary>
    public void Reply(RichText text, OutgoingFile file) => _answers.Add(new Answer(new OutgoingMessage(text) { File = file }, null));

    public void Reply(RichText text, IReadOnlyList<IReadOnlyList<Choice>>? choices = null, bool askLocation = false) =>
        _answers.Add(new Answer(new OutgoingMessage(text, choices, AskLocation: askLocation), null));

    /// <summary>
    /// Edits the message whose button was pressed: its text, and its buttons, which go unless new ones are given. Without buttons the choice stands
    /// further up, so the answer becomes a new message.
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
    /// <param name="data">At most 64 bytes. The part before the colon names the <see cref="IPress"/> that handles it.</param>
    public Choice Button(string key, string data) => new(Texts.Say(Language, key).Plain, data);

    public override string ToString() => "(talk)";
}

/// <param name="Edits">The message to edit; null: a new message.</param>
public sealed record Answer(OutgoingMessage Message, MessageRef? Edits);
