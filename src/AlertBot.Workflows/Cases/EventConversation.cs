using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// <c>/event [CODE [KIND DATE ...]]</c>: keeps the conversation that puts an event on file, and puts it there. An advocate of the case comes here by
/// a button; what they tell is proposed to coordinators.
/// </summary>
public sealed class EventConversation(RecordEvent record, ProposeEvent propose, LawBook book, ChangeConversation change)
    : GuidedConversation<EventState, EventAnswer>, IChatCommand
{
    public string Name => "event";

    public override Role Needs => Role.Advocate;

    Role IChatCommand.Needs => Role.Coordinator;

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
        else if (await FindAsync(talk, first) is { } file)
            await BeginAsync(talk, file, rest);
        else if ((await NearCodes.OfAsync(talk, first)).Count > 0)
            await NearCodes.ReplyAsync(talk, first, Name, rest);
        else
            await AskAsync(talk, begun, new Line("case.not-found", ("code", first)));
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
        var begun = EventTalk.Begin(Asking.FirstTurn(), file.Code.Text, file.Zone.Id);
        var (state, reading) = EventLine.Read(begun, KindWords.InCode(talk.Texts, line));
        if (state.Kind == JoinCases.Merge.Code && talk.May(Role.Coordinator))
        {
            await change.BeginJoinAsync(talk, file.Code, FirstWord(KindWords.InCode(talk.Texts, line)).After, isNewMessage);
            return;
        }

        // The same checks as in the conversation: a date that looks like a slip is asked about, not put on file.
        if (reading is LineReading.Whole or LineReading.Leftover && EventTalk.FirstDoubt(state, TodayIn(talk, state)) is var (at, doubt))
            await AskAsync(talk, EventTalk.Doubting(state, at, doubt), doubt, isNewMessage);
        else if (reading == LineReading.Whole && state.Body is null && EventMenu.GoesToACommittee(state.Kind!))
            await AskAsync(talk, state with { At = EventAt.Body }, isNewMessage: isNewMessage);
        else if (reading != LineReading.Whole || EventTalk.Result(state) is not { } told)
            await AskUnreadAsync(talk, state, reading, line, isNewMessage);
        else if (await WhichAsync(talk, state, told) is { } which)
            await AskAsync(talk, which, isNewMessage: isNewMessage);
        else
            await FinishAsync(talk, told);
    }

    // A filing ends the clock of one decision before one body: where more could be meant, it is asked which.
    private async Task<EventState?> WhichAsync(Talk talk, EventState state, EventAnswer told) =>
        state.At != EventAt.Meant && await FindAsync(talk, told.Code) is { } file
        && MeantDecisions.Of(file, told.ToEvent(), book, talk.Now) is { Count: > 1 } meant
            ? state with { At = EventAt.Meant, Meant = meant, Turn = state.Turn + 1 }
            : null;

    // What was nearly right is offered as one button; the rest of the line is not lost by it.
    private Task AskUnreadAsync(Talk talk, EventState state, LineReading reading, string line, bool isNewMessage)
    {
        if (reading == LineReading.UnknownKind && KindWords.Near(talk.Texts, talk.Language, line) is { } near)
            return AskAsync(talk, state with { Near = near }, KindWords.Said(near), isNewMessage);
        if (reading == LineReading.BadDate && NearDate.Of(state.Note ?? "", state.ZoneOfCase, talk.Now) is { } date)
            return AskAsync(talk, state with { Near = date.Value, Note = null }, date.Why, isNewMessage);

        var remark = reading switch
        {
            LineReading.UnknownKind => new Line("event.unknown-kind"),
            LineReading.BadDate => new Line("event.bad-date"),
            _ => null,
        };
        return AskAsync(talk, state, remark, isNewMessage);
    }

    // A code of a case, and words for kinds in the language of the chat, are looked up here: the conversation knows neither.
    protected override async Task<Turn<EventState, EventAnswer>> AnswerAsync(Talk talk, EventState state, Said said)
    {
        if (state.At == EventAt.Case && CodeIn(said, state.Turn) is { } code && await FindAsync(talk, code) is { } file)
            return EventTalk.CaseFound(state, file.Code.Text, file.Zone.Id);
        if (state.At == EventAt.Case && said is Said.Words { Text: var typed } && await NearCodes.OfAsync(talk, typed) is { Count: > 0 } near)
            return new(state with { Turn = state.Turn + 1 }) { Remark = NearCodes.Said(typed, near) };
        if (state is { At: EventAt.Kind, Near: { } line } && said is Said.Pressed { Data: EventTalk.Near } pressed && pressed.Turn == state.Turn
            && await FindAsync(talk, state.Code ?? "") is { } of)
        {
            await EndAsync(talk);
            await BeginAsync(talk, of, line);
            return new(state) { LeavesQuestion = true };
        }

        if (state.At == EventAt.Kind && said is Said.Words { Text: var word })
            said = new Said.Words(KindWords.InCode(talk.Texts, word));

        var turn = Suggesting(talk, EventTalk.Answer(state, said, TodayIn(talk, state)), said);
        // That two cases are one person is no fact with a date: it joins them.
        if (turn.Next?.Kind == JoinCases.Merge.Code && talk.May(Role.Coordinator) && await FindAsync(talk, turn.Next.Code ?? "") is { } kept)
        {
            await EndAsync(talk);
            await change.BeginJoinAsync(talk, kept.Code);
            return new(state) { LeavesQuestion = true };
        }

        return turn.Result is { } told && await WhichAsync(talk, state, told) is { } which ? new(which) : turn;
    }

    private static Turn<EventState, EventAnswer> Suggesting(Talk talk, Turn<EventState, EventAnswer> turn, Said said) => (turn, said) switch
    {
        ({ Next: { } next, Remark.Key: "event.unknown-kind" }, Said.Words { Text: var text })
            when KindWords.Near(talk.Texts, talk.Language, text) is { } near => turn with
            {
                Next = next with { Near = near },
                Remark = KindWords.Said(near),
            },
        ({ Next: { } next, Remark.Key: "event.bad-date" or "event.bad-day" }, Said.Words { Text: var text })
            when NearDate.Of(text, next.ZoneOfCase, talk.Now) is { } near => turn with
            {
                Next = next with { Near = near.Value },
                Remark = near.Why,
            },
        _ => turn,
    };

    private static string? CodeIn(Said said, int turn) => said switch
    {
        Said.Words { Text: var text } => text,
        Said.Pressed { Data: ['c', '.', .. var code] } press when press.Turn == turn => code,
        _ => null,
    };

    protected override async Task<Prompt> PromptAsync(Talk talk, EventState state)
    {
        if (state.At == EventAt.Meant && await FindAsync(talk, state.Code ?? "") is { } about)
            return MeantDecisions.Ask(state.Meant, about, EventPrompts.BackAndCancel);

        var prompt = EventPrompts.Ask(state);
        if (state.At != EventAt.Case || talk.Person is null)
            return prompt;

        var files = await talk.Session.Cases.LoadAsync(await CaseAccess.AllAsync(talk.Session));
        return prompt with { Options = [.. CaseOptions(files.Where(file => file.Status != CaseStatus.Closed)), .. prompt.Options] };
    }

    private static IEnumerable<IReadOnlyList<Option>> CaseOptions(IEnumerable<CaseFile> files) =>
        files.Take(24).Select(file => new Option(new Line("case.code", ("code", file.Code.Text)), "c." + file.Code.Text)).Chunk(3);

    protected override async Task FinishAsync(Talk talk, EventAnswer told)
    {
        var @event = told.ToEvent();
        var file = await FindAsync(talk, told.Code);
        if (file is not null && !talk.May(Role.Coordinator))
        {
            await ProposeAsync(talk, file, @event);
            return;
        }

        var look = file is null ? null : await record.RunAsync(talk.Session, file.Id, @event);
        if (look is null)
        {
            talk.Reply("unknown-command");
            return;
        }

        var lines = new List<Line> { new("event.saved", ("code", told.Code), ("kind", told.Kind), ("when", told.When!)) };
        if (CaseStory.WantsSecondPerson(look.File.Events.First(one => one.Id == @event.Id), look.File.Events, look.Deadlines))
            lines.Add(new Line("event.needs-second", ("code", told.Code)));
        var text = Domain.Channels.RichText.Join("\n", lines.Select(line => line.In(talk.Language, talk.Texts)));
        Domain.Channels.Choice[][] buttons =
            [[talk.Button("button.record-another", $"record:{told.Code}"), talk.Button("button.details", $"case:{told.Code}")]];
        if (talk.Update.Pressed is null)
            talk.Reply(text, buttons);
        else
            talk.EditPressed(text, buttons);
    }

    private async Task ProposeAsync(Talk talk, CaseFile file, CaseEvent @event)
    {
        var isDone = await propose.RunAsync(talk.Session, file.Id, @event);
        var said = isDone
            ? new Line("propose.done", ("code", file.Code.Text), ("fact", CorrectEvent.FactLine(@event)))
            : new Line("unknown-command");
        if (talk.Update.Pressed is null)
            talk.Reply(said.Key, said.Arguments);
        else
            talk.EditPressed(said.In(talk.Language, talk.Texts), [[talk.Button("button.details", $"case:{file.Code.Text}")]]);
    }

    private static async Task<CaseFile?> FindAsync(Talk talk, string text) =>
        CaseCode.TryParse(text, out var code) && talk.Person is not null ? await CaseAccess.FindAsync(talk.Session, code) : null;

    private static NodaTime.LocalDate TodayIn(Talk talk, EventState state) => talk.Now.InZone(state.ZoneOfCase).Date;

    private static (string First, string After) FirstWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \n\t");
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }
}
