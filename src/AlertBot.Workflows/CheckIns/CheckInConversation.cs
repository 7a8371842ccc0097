using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary><c>/checkin</c>: shows the check-in a person has, or keeps the conversation in which they choose one.</summary>
public sealed class CheckInConversation(KeepCheckIn keepCheckIn, CheckInPolicy policy) : IChatCommand, IConversation, IPress
{
    public string Name => "checkin";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public string Kind => Name;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is not { } person)
            return;
        if (await talk.Session.CheckIns.OfAsync(person.Id) is { } one)
            await CheckInPage.ShowAsync(talk, one);
        else
            await AskAsync(talk, CheckInTalk.Begin(Asking.FirstTurn(), ZoneOf(person)));
    }

    /// <summary>The person wants the one they have otherwise.</summary>
    public Task ChangeAsync(Talk talk, Person person, CheckIn one) => AskAsync(talk, CheckInTalk.BeginWith(Asking.FirstTurn(), one, ZoneOf(person)));

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (talk.Person is not { } person)
            return;
        if (saved.Read<CheckInState>(CheckInTalk.StateVersion) is { } state)
            await GoOnAsync(talk, person, CheckInTalk.Answer(state, Asking.Heard(talk.Update), policy));
        else
            await AskAsync(talk, CheckInTalk.Begin(Asking.FirstTurn(), ZoneOf(person)), new Line("talk.anew"));
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && talk.Person is { } person && Asking.Pressed(data) is { } pressed
            && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind
            && saved.Read<CheckInState>(CheckInTalk.StateVersion) is { } state)
            await GoOnAsync(talk, person, CheckInTalk.Answer(state, pressed, policy));
        else
            talk.Notice("button.stale");
    }

    private async Task GoOnAsync(Talk talk, Person person, Turn<CheckInState, CheckInAnswer> turn)
    {
        if (turn.IsStale)
            talk.Notice("button.stale");
        if (turn.Next is { } next)
        {
            await AskAsync(talk, next, turn.Remark, turn.IsStale);
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (turn.Result is not { } told)
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.cancelled"));
            return;
        }

        var zone = told.Zone is { } id && id != person.Zone.Id ? DateTimeZoneProviders.Tzdb[id] : null;
        var one = await keepCheckIn.SaveAsync(
            talk.Session, person, told.Schedule, told.Grace, told.Called is { } name ? new PersonName(name) : null, zone);
        await CheckInPage.ShowAsync(talk, one, zone ?? person.Zone, new Line("checkin.begun"));
    }

    private async Task AskAsync(Talk talk, CheckInState state, Line? remark = null, bool isStale = false)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, CheckInTalk.StateVersion, state);
        Asking.Ask(talk, CheckInPrompts.Ask(state, policy), Prefix, state.Turn, remark, isStale);
    }

    // Everybody begins in UTC: who never chose lives elsewhere.
    private static string? ZoneOf(Person person) => person.Zone.Id == DateTimeZone.Utc.Id ? null : person.Zone.Id;
}
