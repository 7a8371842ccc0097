using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Subscribing;

/// <summary>A coordinator's message to many: written, shown with the number of recipients, and sent by a button.</summary>
public sealed class SayConversation(Say say) : GuidedConversation<ToBeSaid, ToBeSaid>
{
    private const int Longest = 1_500;
    private const string Send = "yes";

    public override string Kind => "say";

    public override Role Needs => Role.Coordinator;

    protected override string Cancelled => "triage.cancelled";

    /// <param name="words">Null to ask for them.</param>
    public Task BeginAsync(Talk talk, string whom, string? words)
    {
        var begun = new ToBeSaid(Asking.FirstTurn(), whom, null);
        return words is null ? AskAsync(talk, begun) : GoOnAsync(talk, Heard(begun, words));
    }

    protected override Task BeginAnewAsync(Talk talk) => EndAsync(talk, new Line("unknown-command"));

    protected override int? TurnOf(ToBeSaid state) => state.Turn;

    protected override Task<Turn<ToBeSaid, ToBeSaid>> AnswerAsync(Talk talk, ToBeSaid state, Said said) => Task.FromResult(said switch
    {
        Said.Pressed press when press.Turn != state.Turn || state.Words is null => new(state) { IsStale = true, LeavesQuestion = true },
        Said.Pressed { Data: Send } => new(null, state),
        Said.Pressed => new(null),
        Said.Words { Text: var words } => Heard(state, words),
        _ => new Turn<ToBeSaid, ToBeSaid>(state) { Remark = new Line("talk.words-please"), LeavesQuestion = true },
    });

    protected override async Task<Prompt> PromptAsync(Talk talk, ToBeSaid state)
    {
        if (state.Words is null)
            return new Prompt([new Line("say.ask", ("whom", state.Whom))], []);
        var (people, groups) = Say.Counted(await Say.ToAsync(talk.Session, state.Whom) ?? []);
        return new Prompt(
            [new Line("say.preview", ("people", people), ("groups", groups), ("text", state.Words))],
            [[new Option("say.send", Send), new Option("button.cancel", "no")]]);
    }

    protected override async Task FinishAsync(Talk talk, ToBeSaid result) => talk.EditPressed(
        await say.RunAsync(talk.Session, result.Whom, result.Words!) is var (people, groups)
            ? talk.Texts.Say(talk.Language, "say.done", ("people", people), ("groups", groups))
            : talk.Texts.Say(talk.Language, "triage.cancelled"));

    private static Turn<ToBeSaid, ToBeSaid> Heard(ToBeSaid state, string words) => words.Length > Longest
        ? new(state) { Remark = new Line("talk.too-long", ("limit", Longest)), LeavesQuestion = true }
        : new(state with { Turn = state.Turn + 1, Words = words });
}

/// <param name="Words">Null until written.</param>
public sealed record ToBeSaid(int Turn, string Whom, string? Words)
{
    public override string ToString() => "(to be said)";
}
