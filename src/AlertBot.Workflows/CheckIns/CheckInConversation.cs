using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary><c>/checkin</c>: shows the person's check-in, or begins the conversation to choose one.</summary>
public sealed class CheckInConversation(KeepCheckIn keepCheckIn, CheckInPolicy policy)
    : GuidedConversation<CheckInState, CheckInAnswer>, IChatCommand
{
    public string Name => "checkin";

    public CommandPlace Place => CommandPlace.Private;

    public override string Kind => Name;

    protected override int Version => CheckInTalk.StateVersion;

    protected override string Cancelled => "checkin.cancelled";

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is not { } person)
            return;
        if (await talk.Session.CheckIns.OfAsync(person.Id) is { } one)
            await CheckInPage.ShowAsync(talk, one);
        else
            await AskAsync(talk, CheckInTalk.Begin(Asking.FirstTurn(), ZoneOf(person)));
    }

    /// <summary>Begins the conversation to change the person's check-in.</summary>
    public Task ChangeAsync(Talk talk, Person person, CheckIn one) => AskAsync(talk, CheckInTalk.BeginWith(Asking.FirstTurn(), one, ZoneOf(person)));

    protected override bool MayGoOn(Talk talk) => talk.Person is not null;

    protected override int? TurnOf(CheckInState state) => state.Turn;

    protected override Task<Turn<CheckInState, CheckInAnswer>> AnswerAsync(Talk talk, CheckInState state, Said said) =>
        Task.FromResult(CheckInTalk.Answer(state, said, policy));

    protected override Task<Prompt> PromptAsync(Talk talk, CheckInState state) => Task.FromResult(CheckInPrompts.Ask(state, policy));

    protected override Task BeginAnewAsync(Talk talk) =>
        AskAsync(talk, CheckInTalk.Begin(Asking.FirstTurn(), ZoneOf(talk.Person!)), new Line("talk.anew"));

    protected override async Task FinishAsync(Talk talk, CheckInAnswer told)
    {
        var person = talk.Person!;
        var zone = told.Zone is { } id && id != person.Zone.Id ? DateTimeZoneProviders.Tzdb[id] : null;
        var one = await keepCheckIn.SaveAsync(
            talk.Session, person, told.Schedule, told.Grace, told.Called is { } name ? new PersonName(name) : null, zone);
        await CheckInPage.ShowAsync(talk, one, zone ?? person.Zone, new Line("checkin.begun"));
    }

    // UTC is everybody's default, so a person with UTC has not chosen a zone.
    private static string? ZoneOf(Person person) => person.Zone.Id == DateTimeZone.Utc.Id ? null : person.Zone.Id;
}
