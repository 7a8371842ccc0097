using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// <c>/correct CODE</c>: puts right what is on file. Which event, which part of it, the right value; then what changes and who was told
/// otherwise; then it is saved, and can be taken back by one press.
/// </summary>
public sealed class CorrectCommand(CorrectEvent correct) : IChatCommand, IConversation, IPress
{
    private const int MostEvents = 20;

    public string Name => "correct";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Kind => Name;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (await FindAsync(talk, arguments) is { } file)
            Show(talk, CorrectPrompts.Events(talk, file, MostEvents), isNew: true);
        else if (arguments.Length > 0)
            talk.Reply("case.not-found", ("code", arguments));
        else
            await AskCaseAsync(talk);
    }

    /// <summary>Words are the right value of the part that was asked for.</summary>
    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (!talk.May(Needs))
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
        }
        else if (saved.Read<Correcting>(Correcting.StateVersion) is not { } state || Asking.Heard(talk.Update) is not Said.Words said)
        {
            talk.Reply("talk.words-please");
        }
        else
        {
            var told = state.Part == Correcting.Kind ? KindWords.InCode(talk.Texts, said.Text) : said.Text;
            await ProposeAsync(talk, state with { Told = told, IsSure = false });
        }
    }

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':');
        if (talk.IsGroup || !talk.May(Needs))
            talk.Notice("button.stale");
        else if (parts is ["l", var code] && await FindAsync(talk, code) is { } file)
            Show(talk, CorrectPrompts.Events(talk, file, MostEvents), isNew: true);
        else if (parts is ["e", var id] && await EventAsync(talk, id) is var (of, one))
            Show(talk, CorrectPrompts.Parts(talk, of, one));
        else if (parts is ["p", var about, var part] && await EventAsync(talk, about) is var (its, that)
            && Correcting.PartsOf(that, its).Contains(part))
            await AskAsync(talk, its, that, new Correcting(about, part) { Turn = Asking.FirstTurn() });
        else if (parts is ["u", var change] && Guid.TryParseExact(change, "N", out var undone))
            await UndoAsync(talk, new EventChangeId(undone));
        else if (Asking.Pressed(data) is { } pressed && await StateAsync(talk) is { } state && state.Turn == pressed.Turn)
            await AnsweredAsync(talk, state, pressed.Data);
        else
            talk.Notice("button.stale");
    }

    private async Task AnsweredAsync(Talk talk, Correcting state, string data)
    {
        if (data == "cancel")
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.EditPressed(talk.Texts.Say(talk.Language, "correct.cancelled"));
        }
        else if (data == "sure")
            await ProposeAsync(talk, state with { IsSure = true });
        else if (data == "save")
            await SaveAsync(talk, state);
        else if (data.StartsWith("v.", StringComparison.Ordinal))
            await ProposeAsync(talk, state with { Told = data[2..] });
        else
            talk.Notice("button.stale");
    }

    private async Task AskAsync(Talk talk, CaseFile file, CaseEvent one, Correcting state)
    {
        if (state.Part is Correcting.Withdraw or Correcting.Prefer)
        {
            await ProposeAsync(talk, state);
            return;
        }

        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Correcting.StateVersion, state);
        Asking.Ask(talk, CorrectPrompts.Value(file, one, state), Prefix, state.Turn);
    }

    // What it changes and who was told otherwise stands before the button that saves it.
    private async Task ProposeAsync(Talk talk, Correcting state)
    {
        state = state with { Turn = state.Turn + 1 };
        if (await EventAsync(talk, state.Event) is not var (file, one) || talk.Actor is not { } actor)
        {
            talk.Notice("button.stale");
            return;
        }

        var (events, problem) = state.In(file, talk.Now.InZone(file.Zone).Date);
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Correcting.StateVersion, state);
        if (problem is not null)
            Asking.Ask(talk, CorrectPrompts.Value(file, one, state, problem.Key == DateDoubt.Unusual), Prefix, state.Turn, problem);
        else if (await correct.PreviewAsync(talk.Session, events, actor) is { } preview)
            Asking.Ask(talk, CorrectPrompts.Preview(one, events[0], preview), Prefix, state.Turn);
        else
            talk.Notice("button.stale");
    }

    private async Task SaveAsync(Talk talk, Correcting state)
    {
        if (await EventAsync(talk, state.Event) is not var (file, _) || talk.Actor is not { } actor
            || state.In(file, talk.Now.InZone(file.Zone).Date) is not { Problem: null, Events: { } events }
            || await correct.SaveAsync(talk.Session, events, actor) is not { } saved)
        {
            talk.Notice("button.stale");
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.EditPressed(
            RichText.Join("\n", new[] { new Line("correct.saved", ("code", file.Code.Text), ("count", saved.Preview.Told.Count)) }
                .Concat(saved.Preview.Lines()).Select(line => line.In(talk.Language, talk.Texts))),
            [[talk.Button("correct.undo", $"correct:u:{saved.Id.Value:N}"), talk.Button("button.details", $"case:{file.Code.Text}")]]);
    }

    private async Task UndoAsync(Talk talk, EventChangeId id)
    {
        if (talk.Actor is not { } actor || await correct.UndoAsync(talk.Session, id, actor) is not { } undone)
        {
            talk.Notice("correct.no-undo");
            return;
        }

        talk.EditPressed(
            RichText.Join("\n", new[] { new Line("correct.undone", ("code", undone.File.Code.Text), ("count", undone.Told.Count)) }
                .Concat(undone.Lines()).Select(line => line.In(talk.Language, talk.Texts))),
            [[talk.Button("button.details", $"case:{undone.File.Code.Text}")]]);
    }

    private async Task AskCaseAsync(Talk talk)
    {
        var ids = talk.Actor is { } actor ? await CaseAccess.AllAsync(talk.Session, actor) : [];
        var files = (await talk.Session.Cases.LoadAsync(ids)).Where(file => file.Events.Count > 0);
        talk.Reply(talk.Texts.Say(talk.Language, "case.which"), CaseChoices.Of(files.Select(file => file.Code), "correct:l"));
    }

    private static void Show(Talk talk, (RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Choices) shown, bool isNew = false)
    {
        if (isNew)
            talk.Reply(shown.Text, shown.Choices);
        else
            talk.EditPressed(shown.Text, shown.Choices);
    }

    private async Task<Correcting?> StateAsync(Talk talk) =>
        await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind
            ? saved.Read<Correcting>(Correcting.StateVersion)
            : null;

    private static async Task<(CaseFile File, CaseEvent Event)?> EventAsync(Talk talk, string id) =>
        Guid.TryParseExact(id, "N", out var guid) && talk.Actor is { } actor
        && await talk.Session.Cases.OfEventAsync(new EventId(guid)) is { } file && await CaseAccess.MaySeeAsync(talk.Session, file.Id, actor)
            ? (file, file.Events.First(one => one.Id.Value == guid))
            : null;

    private static async Task<CaseFile?> FindAsync(Talk talk, string text) =>
        CaseCode.TryParse(text, out var code) && talk.Actor is { } actor ? await CaseAccess.FindAsync(talk.Session, code, actor) : null;
}
