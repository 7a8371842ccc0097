using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/newcase</c>: keeps the conversation that opens a case, and opens it.</summary>
public sealed class NewCaseConversation(LawBook book, OpenCase openCase) : IChatCommand, IConversation, IPress
{
    private readonly LawMenu _laws = LawMenu.Of(book);

    public string Name => "newcase";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Kind => Name;

    public string Prefix => Name;

    public Task RunAsync(Talk talk, string arguments)
    {
        var begun = NewCaseTalk.Begin(Asking.FirstTurn());
        // What follows the command is the name already: "/newcase Somebody".
        return arguments.Length == 0 ? AskAsync(talk, begun) : GoOnAsync(talk, NewCaseTalk.Answer(begun, new Said.Words(arguments), _laws));
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (!talk.May(Needs))
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
        }
        else if (saved.Read<NewCaseState>(NewCaseTalk.StateVersion) is { } state)
        {
            await GoOnAsync(talk, NewCaseTalk.Answer(state, Asking.Heard(talk.Update), _laws));
        }
        else
        {
            await AskAsync(talk, NewCaseTalk.Begin(Asking.FirstTurn()), new Line("talk.anew"));
        }
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && talk.May(Needs) && Asking.Pressed(data) is { } pressed
            && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind
            && saved.Read<NewCaseState>(NewCaseTalk.StateVersion) is { } state)
            await GoOnAsync(talk, NewCaseTalk.Answer(state, pressed, _laws));
        else
            talk.Notice("button.stale");
    }

    private async Task GoOnAsync(Talk talk, Turn<NewCaseState, NewCaseAnswer> turn)
    {
        if (turn.IsStale)
            talk.Notice("button.stale");
        if (turn.Next is { } next)
        {
            await AskAsync(talk, next, turn.Remark, turn.IsStale);
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (turn.Result is { } told)
            await OpenAsync(talk, told);
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "newcase.cancelled"));
    }

    private async Task AskAsync(Talk talk, NewCaseState state, Line? remark = null, bool isStale = false)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, NewCaseTalk.StateVersion, state);
        Asking.Ask(talk, NewCaseTalk.Ask(state, _laws), Prefix, state.Turn, remark, isStale);
    }

    private async Task OpenAsync(Talk talk, NewCaseAnswer told)
    {
        var opened = talk.Actor is not { } actor ? null : await openCase.RunAsync(
            talk.Session, told.Names.Select(name => new PersonName(name)).ToList(), told.Laws,
            DateTimeZoneProviders.Tzdb[told.Zone], actor, listener: talk.Here.Id);
        if (opened is null)
        {
            talk.Reply("unknown-command");
            return;
        }

        // The card with the names gives way to the code: names do not stay in the chat.
        talk.EditPressed(
            talk.Texts.Say(talk.Language, "newcase.done", ("code", opened.Code.Text)),
            [[talk.Button("button.record", $"record:{opened.Code.Text}"), talk.Button("button.details", $"case:{opened.Code.Text}")]]);
    }
}
