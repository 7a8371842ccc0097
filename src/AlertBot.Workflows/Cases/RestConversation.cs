using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Until which day a date is to rest, said in words.</summary>
public sealed class RestConversation(FollowUpDate dates, DateCard card) : GuidedConversation<DateToRest, DateToRest>
{
    public override string Kind => "rest";

    public override Role Needs => Role.Advocate;

    protected override string Cancelled => "event.cancelled";

    public Task BeginAsync(Talk talk, DateInHand date) =>
        AskAsync(talk, new DateToRest(Asking.FirstTurn(), date.Date.Id.Value, date.File.Zone.Id, null), isNewMessage: true);

    protected override int? TurnOf(DateToRest state) => state.Turn;

    protected override Task<Turn<DateToRest, DateToRest>> AnswerAsync(Talk talk, DateToRest state, Said said) => Task.FromResult(said switch
    {
        Said.Pressed press when press.Turn != state.Turn => new(state) { IsStale = true, LeavesQuestion = true },
        Said.Pressed => new(null),
        Said.Words { Text: var words } when WhenText.ReadDay(words) is { } day => new(null, state with { Day = day }),
        _ => new Turn<DateToRest, DateToRest>(state) { Remark = new Line("date.ask-day"), LeavesQuestion = true },
    });

    protected override Task<Prompt> PromptAsync(Talk talk, DateToRest state) =>
        Task.FromResult(new Prompt([new Line("date.ask-day")], [[new Option("button.cancel", "no")]]));

    protected override async Task FinishAsync(Talk talk, DateToRest result)
    {
        if (await dates.FindAsync(talk.Session, new DeadlineId(result.Deadline)) is not { } date || result.Day is not { } day)
            talk.Reply("date.over");
        else
            await DatePress.RestAsync(talk, dates, card, date, DateTimeZoneProviders.Tzdb[result.Zone].AtLeniently(day.At(Rung.Morning)).ToInstant());
    }
}

/// <param name="Day">Null: not said yet.</param>
public sealed record DateToRest(int Turn, Guid Deadline, string Zone, LocalDate? Day);
