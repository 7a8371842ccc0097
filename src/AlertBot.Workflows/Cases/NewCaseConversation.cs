using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/newcase</c>: keeps the conversation that opens a case, and opens it.</summary>
public sealed class NewCaseConversation(LawBook book, OpenCase openCase) : GuidedConversation<NewCaseState, NewCaseAnswer>, IChatCommand
{
    private readonly LawMenu _laws = LawMenu.Of(book);

    public string Name => "newcase";

    public override Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public override string Kind => Name;

    protected override int Version => NewCaseTalk.StateVersion;

    protected override string Cancelled => "newcase.cancelled";

    public Task RunAsync(Talk talk, string arguments)
    {
        var begun = NewCaseTalk.Begin(Asking.FirstTurn());
        // What follows the command is the name already: "/newcase Somebody".
        return arguments.Length == 0 ? AskAsync(talk, begun) : GoOnAsync(talk, NewCaseTalk.Answer(begun, new Said.Words(arguments), _laws));
    }

    protected override int? TurnOf(NewCaseState state) => state.Turn;

    protected override Task<Turn<NewCaseState, NewCaseAnswer>> AnswerAsync(Talk talk, NewCaseState state, Said said) =>
        Task.FromResult(NewCaseTalk.Answer(
            state,
            state.At == NewCaseAt.Laws && said is Said.Words words ? new Said.Words(LawWords.InCodes(talk.Texts, _laws, words.Text)) : said,
            _laws));

    protected override Task<Prompt> PromptAsync(Talk talk, NewCaseState state) => Task.FromResult(NewCaseTalk.Ask(state, _laws));

    protected override Task BeginAnewAsync(Talk talk) => AskAsync(talk, NewCaseTalk.Begin(Asking.FirstTurn()), new Line("talk.anew"));

    protected override async Task FinishAsync(Talk talk, NewCaseAnswer told)
    {
        var opened = talk.Person is null ? null : await openCase.RunAsync(
            talk.Session, told.Names.Select(name => new PersonName(name)).ToList(), told.Laws,
            DateTimeZoneProviders.Tzdb[told.Zone], listener: talk.Here.Id);
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
