using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/event [CODE [KIND DATE ...]]</c>: keeps the conversation that puts an event on file, and puts it there.</summary>
public sealed class EventConversation(RecordEvent record) : GuidedConversation<EventState, EventAnswer>, IChatCommand
{
    public string Name => "event";

    public override Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public override string Kind => Name;

    protected override int Version => EventTalk.StateVersion;

    protected override string Cancelled => "event.cancelled";

    public async Task RunAsync(Talk talk, string arguments)
    {
        var begun = EventTalk.Begin(Asking.FirstTurn());
        var (first, rest) = FirstWord(arguments);
        if (first.Length == 0)
            await AskAsync(talk, begun);
        else if (await FindAsync(talk, first) is not { } file)
            await AskAsync(talk, begun, new Line("case.not-found", ("code", first)));
        else
            await BeginAsync(talk, file, rest);
    }

    /// <summary>Begins for a case whose code is known: a button under it was pressed.</summary>
    public async Task BeginAsync(Talk talk, CaseCode code)
    {
        if (talk.May(Needs) && await FindAsync(talk, code.Text) is { } file)
            await BeginAsync(talk, file, "", isNewMessage: true);
        else
            talk.Notice("button.stale");
    }

    protected override int? TurnOf(EventState state) => state.Turn;

    protected override Task BeginAnewAsync(Talk talk) => AskAsync(talk, EventTalk.Begin(Asking.FirstTurn()), new Line("talk.anew"));

    private async Task BeginAsync(Talk talk, CaseFile file, string line, bool isNewMessage = false)
    {
        var (state, reading) = EventLine.Read(EventTalk.Begin(Asking.FirstTurn(), file.Code.Text, file.Zone.Id), line);
        // The same checks as in the conversation: a date that lies ahead is asked about, not put on file.
        var check = state.Date is { } date
            ? EventTalk.Answer(state with { At = EventAt.Date }, new Said.Words(date), TodayIn(talk, state))
            : null;
        if (reading == LineReading.Whole && check?.Remark is null && EventTalk.Result(state) is { } told)
            await FinishAsync(talk, told);
        else
            await AskAsync(
                talk, reading == LineReading.Whole ? state with { At = EventAt.Date } : state, check?.Remark ?? RemarkOn(reading), isNewMessage);
    }

    private static Line? RemarkOn(LineReading reading) => reading switch
    {
        LineReading.UnknownKind => new Line("event.unknown-kind"),
        LineReading.BadDate => new Line("event.bad-date"),
        _ => null,
    };

    // A code of a case, and words for kinds in the language of the chat, are looked up here: the conversation knows neither.
    protected override async Task<Turn<EventState, EventAnswer>> AnswerAsync(Talk talk, EventState state, Said said)
    {
        if (state.At == EventAt.Case && CodeIn(said, state.Turn) is { } code && await FindAsync(talk, code) is { } file)
            return EventTalk.CaseFound(state, file.Code.Text, file.Zone.Id);
        if (state.At == EventAt.Kind && said is Said.Words { Text: var word } && KindNamed(talk, word) is { } kind)
            said = new Said.Words(kind);
        return EventTalk.Answer(state, said, TodayIn(talk, state));
    }

    private static string? CodeIn(Said said, int turn) => said switch
    {
        Said.Words { Text: var text } => text,
        Said.Pressed { Data: ['c', '.', .. var code] } press when press.Turn == turn => code,
        _ => null,
    };

    protected override async Task<Prompt> PromptAsync(Talk talk, EventState state)
    {
        var prompt = EventPrompts.Ask(state);
        if (state.At != EventAt.Case || talk.Actor is not { } actor)
            return prompt;

        var files = await talk.Session.Cases.LoadAsync(await CaseAccess.AllAsync(talk.Session, actor));
        return prompt with { Options = [.. CaseOptions(files.Where(file => file.Status != CaseStatus.Closed)), .. prompt.Options] };
    }

    private static IEnumerable<IReadOnlyList<Option>> CaseOptions(IEnumerable<CaseFile> files) =>
        files.Take(24).Select(file => new Option(new Line("case.code", ("code", file.Code.Text)), "c." + file.Code.Text)).Chunk(3);

    protected override async Task FinishAsync(Talk talk, EventAnswer told)
    {
        var @event = told.ToEvent();
        var look = talk.Actor is { } actor && await FindAsync(talk, told.Code) is { } file
            ? await record.RunAsync(talk.Session, file.Id, @event, actor)
            : null;
        if (look is null)
        {
            talk.Reply("unknown-command");
            return;
        }

        var lines = new List<Line> { new("event.saved", ("code", told.Code), ("kind", told.Kind), ("when", told.When!)) };
        if (CaseStory.WantsSecondPerson(@event, look.Deadlines))
            lines.Add(new Line("event.needs-second", ("code", told.Code)));
        var text = Domain.Channels.RichText.Join("\n", lines.Select(line => line.In(talk.Language, talk.Texts)));
        Domain.Channels.Choice[][] buttons =
            [[talk.Button("button.record-another", $"record:{told.Code}"), talk.Button("button.details", $"case:{told.Code}")]];
        if (talk.Update.Pressed is null)
            talk.Reply(text, buttons);
        else
            talk.EditPressed(text, buttons);
    }

    private static async Task<CaseFile?> FindAsync(Talk talk, string text) =>
        CaseCode.TryParse(text, out var code) && talk.Actor is { } actor ? await CaseAccess.FindAsync(talk.Session, code, actor) : null;

    private static string? KindNamed(Talk talk, string word) => EventKinds.All.Select(kind => kind.Code).FirstOrDefault(
        code => talk.Texts.Plain(talk.Language, "event." + code).Equals(word, StringComparison.OrdinalIgnoreCase));

    private static NodaTime.LocalDate TodayIn(Talk talk, EventState state) => talk.Now.InZone(state.ZoneOfCase).Date;

    private static (string First, string After) FirstWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \n\t");
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }
}
