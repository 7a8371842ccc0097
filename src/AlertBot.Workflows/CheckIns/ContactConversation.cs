using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.CheckIns;

/// <summary>Somebody opened the link of a person at risk: whether they agree to be told when that person does not answer.</summary>
public sealed class ContactConversation(CheckInContacts contacts) : IConversation, IPress
{
    private const int StateVersion = 1;
    private const string Agree = "agree";
    private const string Leave = "leave.";

    public string Kind => "checkin-contact";

    public string Prefix => "cic";

    /// <param name="typed">What followed <c>/start</c>.</param>
    public async Task BeginAsync(Talk talk, Person person, string typed)
    {
        if (await contacts.FindAsync(talk.Session, typed, talk.Here) is not { } contact)
            talk.Reply("checkin.bad-link");
        else if (contact.NamedBy == person.Id)
            talk.Reply("checkin.own-link");
        else
            await AskAsync(talk, new State(Asking.FirstTurn(), typed), contact);
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (saved.Read<State>(StateVersion) is { } state
            && await contacts.FindAsync(talk.Session, state.Typed, talk.Here) is { } contact)
        {
            await AskAsync(talk, state with { Turn = state.Turn + 1 }, contact);
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply("checkin.bad-link");
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || talk.Person is not { } person)
            talk.Notice("button.stale");
        else if (data.StartsWith(Leave, StringComparison.Ordinal) && Guid.TryParseExact(data[Leave.Length..], "N", out var id)
            && await contacts.LeaveAsync(talk.Session, person, id))
            talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.contact-left"));
        else if (Asking.Pressed(data) is { } pressed && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind
            && saved.Read<State>(StateVersion) is { } state && state.Turn == pressed.Turn)
            await AnswerAsync(talk, person, state, pressed.Data);
        else
            talk.Notice("button.stale");
    }

    private async Task AnswerAsync(Talk talk, Person person, State state, string answer)
    {
        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (answer != Agree)
            talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.contact-declined"));
        else if (await contacts.AgreeAsync(talk.Session, state.Typed, person, talk.Here) is { } contact)
            talk.EditPressed(
                talk.Texts.Say(talk.Language, "checkin.contact-agreed"), [[talk.Button("checkin.contact-leave", $"{Prefix}:{Leave}{contact.Id:N}")]]);
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.bad-link"));
    }

    private async Task AskAsync(Talk talk, State state, CheckInContact contact)
    {
        if (await talk.Session.CheckIns.FindAsync(contact.CheckIn) is not { } one)
        {
            talk.Reply("checkin.bad-link");
            return;
        }

        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, StateVersion, state);
        Asking.Ask(
            talk,
            new Prompt(
                [new Line("checkin.contact-ask", ("who", CheckInMessages.WhoOf(one, talk.Now, talk.Zone)), ("grace", one.Grace))],
                [[new Option("checkin.contact-yes", Agree), new Option("button.no", "no")]]),
            Prefix, state.Turn);
    }

    /// <param name="Typed">The link, sealed like every conversation, until it is answered.</param>
    private sealed record State(int Turn, string Typed)
    {
        public override string ToString() => "(link followed)";
    }
}
