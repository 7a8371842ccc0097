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
public sealed class CorrectCommand(CorrectEvent correct) : GuidedConversation<Correcting, Correcting>, IChatCommand
{
    private const int MostEvents = 20;

    public string Name => "correct";

    public override Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public override string Kind => Name;

    protected override int Version => Correcting.StateVersion;

    protected override string Cancelled => "correct.cancelled";

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (await FindAsync(talk, arguments) is { } file)
            Show(talk, CorrectPrompts.Events(talk, file, MostEvents), isNew: true);
        else if (arguments.Length > 0)
            await NearCodes.ReplyAsync(talk, arguments, Name);
        else
            await AskCaseAsync(talk);
    }

    protected override int? TurnOf(Correcting state) => state.Turn;

    // Which event, which part of it, and the way back: they stand under messages that stay.
    protected override async Task<bool> PressedBesideAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs))
            return false;

        var parts = data.Split(':');
        if (parts is ["l", var code] && await FindAsync(talk, code) is { } file)
            Show(talk, CorrectPrompts.Events(talk, file, MostEvents), isNew: true);
        else if (parts is ["e", var id] && await EventAsync(talk, id) is var (of, one))
            Show(talk, CorrectPrompts.Parts(talk, of, one));
        else if (parts is ["p", var about, var part] && await EventAsync(talk, about) is var (its, that)
            && Correcting.PartsOf(that, its).Contains(part))
            await AskAsync(talk, new Correcting(about, part) { Turn = Asking.FirstTurn() });
        else if (parts is ["u", var change] && Guid.TryParseExact(change, "N", out var undone))
            await UndoAsync(talk, new EventChangeId(undone));
        else
            return false;
        return true;
    }

    protected override async Task<Turn<Correcting, Correcting>> AnswerAsync(Talk talk, Correcting state, Said said)
    {
        var told = said switch
        {
            Said.Pressed press when press.Turn != state.Turn => null,
            Said.Pressed { Data: "save" or "sure" } => state with { IsSure = said is Said.Pressed { Data: "sure" } || state.IsSure },
            Said.Pressed { Data: ['v', '.', .. var value] } => state with { Told = value },
            Said.Words { Text: var text } => state with
            {
                Told = state.Part == Correcting.Kind ? KindWords.InCode(talk.Texts, text) : text,
                IsSure = false,
            },
            _ => null,
        };
        if (said is Said.Pressed { Data: "cancel" } left && left.Turn == state.Turn)
            return new(null);
        if (told is null)
            return said is Said.Pressed
                ? new(state) { IsStale = true }
                : new(state with { Turn = state.Turn + 1 }) { Remark = new Line("talk.words-please") };

        var problem = await EventAsync(talk, state.Event) is var (file, _) ? told.In(file, TodayIn(talk, file)).Problem : new Line("correct.gone");
        return said is Said.Pressed { Data: "save" } && problem is null
            ? new(null, told)
            : new(told with { Turn = told.Turn + 1 }) { Remark = problem };
    }

    // What it changes and who was told otherwise stands before the button that saves it.
    protected override async Task<Prompt> PromptAsync(Talk talk, Correcting state)
    {
        if (await EventAsync(talk, state.Event) is not var (file, one))
            return CorrectPrompts.Gone;
        if (state is { Told: null, Part: not (Correcting.Withdraw or Correcting.Prefer) })
            return CorrectPrompts.Value(file, one, state);

        var (events, problem) = state.In(file, TodayIn(talk, file));
        if (problem is not null)
            return CorrectPrompts.Value(file, one, state, problem.Key == DateDoubt.Unusual);
        return await correct.PreviewAsync(talk.Session, events) is { } preview
            ? CorrectPrompts.Preview(one, events[0], preview)
            : CorrectPrompts.Gone;
    }

    protected override async Task FinishAsync(Talk talk, Correcting state)
    {
        if (await EventAsync(talk, state.Event) is not var (file, _)
            || await correct.SaveAsync(talk.Session, state.In(file, TodayIn(talk, file)).Events) is not { } saved)
        {
            talk.Notice("button.stale");
            return;
        }

        talk.EditPressed(
            RichText.Join("\n", new[] { new Line("correct.saved", ("code", file.Code.Text), ("count", saved.Preview.Told.Count)) }
                .Concat(saved.Preview.Lines()).Select(line => line.In(talk.Language, talk.Texts))),
            [[talk.Button("correct.undo", $"correct:u:{saved.Id.Value:N}"), talk.Button("button.details", $"case:{file.Code.Text}")]]);
    }

    private async Task UndoAsync(Talk talk, EventChangeId id)
    {
        if (await correct.UndoAsync(talk.Session, id) is not { } undone)
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
        var ids = await CaseAccess.AllAsync(talk.Session);
        var files = await talk.Session.Cases.LoadAsync(ids);
        talk.Reply(talk.Texts.Say(talk.Language, "case.which"), CaseChoices.Of(files.Select(file => file.Code), "correct:l"));
    }

    private static void Show(Talk talk, (RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Choices) shown, bool isNew = false)
    {
        if (isNew)
            talk.Reply(shown.Text, shown.Choices);
        else
            talk.EditPressed(shown.Text, shown.Choices);
    }

    private static LocalDate TodayIn(Talk talk, CaseFile file) => talk.Now.InZone(file.Zone).Date;

    private static async Task<(CaseFile File, CaseEvent Event)?> EventAsync(Talk talk, string id) =>
        Guid.TryParseExact(id, "N", out var guid) && await talk.Session.Cases.OfEventAsync(new EventId(guid)) is { } file
        && await CaseAccess.MaySeeAsync(talk.Session, file.Id)
            ? (file, file.Events.First(one => one.Id.Value == guid))
            : null;

    private static async Task<CaseFile?> FindAsync(Talk talk, string text) =>
        CaseCode.TryParse(text, out var code) ? await CaseAccess.FindAsync(talk.Session, code) : null;
}
