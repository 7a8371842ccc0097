using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.CheckIns;

/// <summary>Asks somebody who opened a person's contact link whether they agree to be told when that person does not answer.</summary>
public sealed class ContactConversation(CheckInContacts contacts) : GuidedConversation<FollowedLink, string>
{
    private const string Agree = "agree";
    private const string Leave = "leave.";

    public override string Kind => "checkin-contact";

    public override string Prefix => "cic";

    protected override string Cancelled => "checkin.contact-declined";

    /// <param name="typed">The text after <c>/start</c>.</param>
    public async Task BeginAsync(Talk talk, Person person, string typed)
    {
        if (await contacts.FindAsync(talk.Session, typed, talk.Here) is not { } contact)
            talk.Reply("checkin.bad-link");
        else if (contact.NamedBy == person.Id)
            talk.Reply("checkin.own-link");
        else
            await AskAsync(talk, new FollowedLink(Asking.FirstTurn(), typed));
    }

    protected override bool MayGoOn(Talk talk) => talk.Person is not null;

    protected override Task BeginAnewAsync(Talk talk) => EndAsync(talk, new Line("checkin.bad-link"));

    // A contact may leave at any time.
    protected override async Task<bool> PressedBesideAsync(Talk talk, string data)
    {
        if (talk.IsGroup || talk.Person is not { } person || !data.StartsWith(Leave, StringComparison.Ordinal)
            || !Guid.TryParseExact(data[Leave.Length..], "N", out var id) || !await contacts.LeaveAsync(talk.Session, person, id))
            return false;
        talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.contact-left"));
        return true;
    }

    protected override int? TurnOf(FollowedLink state) => state.Turn;

    protected override async Task<Turn<FollowedLink, string>> AnswerAsync(Talk talk, FollowedLink state, Said said) => said switch
    {
        Said.Pressed press when press.Turn != state.Turn => new(state) { IsStale = true, LeavesQuestion = true },
        Said.Pressed { Data: Agree } => new(null, state.Typed),
        Said.Pressed => new(null),
        _ when await contacts.FindAsync(talk.Session, state.Typed, talk.Here) is null => new(null) { Remark = new Line("checkin.bad-link") },
        _ => new(state with { Turn = state.Turn + 1 }),
    };

    protected override async Task<Prompt> PromptAsync(Talk talk, FollowedLink state)
    {
        // A link disappears together with its check-in.
        var contact = (await contacts.FindAsync(talk.Session, state.Typed, talk.Here))!;
        var one = (await talk.Session.CheckIns.FindAsync(contact.CheckIn))!;
        return new Prompt(
            [new Line("checkin.contact-ask", ("who", CheckInMessages.WhoOf(one, talk.Now, talk.Zone)), ("grace", one.Grace))],
            [[new Option("checkin.contact-yes", Agree), new Option("button.no", "no")]]);
    }

    protected override async Task FinishAsync(Talk talk, string typed)
    {
        if (await contacts.AgreeAsync(talk.Session, typed, talk.Person!, talk.Here) is { } contact)
            talk.EditPressed(
                talk.Texts.Say(talk.Language, "checkin.contact-agreed"), [[talk.Button("checkin.contact-leave", $"{Prefix}:{Leave}{contact.Id:N}")]]);
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.bad-link"));
    }
}

/// <summary>A link that was opened and not answered yet.</summary>
/// <param name="Typed">The link, sealed like every conversation, until it is answered.</param>
public sealed record FollowedLink(int Turn, string Typed)
{
    public override string ToString() => "(link followed)";
}
