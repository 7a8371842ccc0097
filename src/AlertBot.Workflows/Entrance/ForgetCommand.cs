using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Entrance;

/// <summary>
/// <c>/forget [RECEIPT]</c>: deletes one report, from any account that has its receipt; without a receipt, everything that this account ever told us.
/// It asks first, since nobody can undo it.
/// </summary>
public sealed class ForgetCommand(ForgetReports forget, ForgetAccount forgetAccount, PrivateChatLink link, FindReport findReport)
    : GuidedConversation<ForgetWish, ForgetWish>, IChatCommand
{
    private const string Yes = "yes";
    private const string No = "no";

    public string Name => "forget";

    public CommandPlace Place => CommandPlace.Anywhere;

    public override string Kind => Name;

    protected override string Cancelled => "report.kept";

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup)
            await link.ReplyAsync(talk, "report");
        else if (arguments.Length == 0)
            await AskAsync(talk, new ForgetWish(Asking.FirstTurn(), null));
        else if (await findReport.RunAsync(talk.Session, arguments, talk.Here) is { } report)
            await AskAsync(talk, new ForgetWish(Asking.FirstTurn(), report.Id.Value));
        else
            talk.Reply("report.wrong-receipt");
    }

    protected override int? TurnOf(ForgetWish state) => state.Turn;

    protected override Task<Turn<ForgetWish, ForgetWish>> AnswerAsync(Talk talk, ForgetWish state, Said said) => Task.FromResult(said switch
    {
        Said.Pressed press when press.Turn != state.Turn => new(state) { IsStale = true, LeavesQuestion = true },
        Said.Pressed { Data: Yes } => new(null, state),
        Said.Pressed => new(null),
        _ => new Turn<ForgetWish, ForgetWish>(state with { Turn = state.Turn + 1 }),
    });

    protected override async Task<Prompt> PromptAsync(Talk talk, ForgetWish state)
    {
        var lines = new List<Line> { new(state.Report is null ? "report.ask-forget-all" : "report.ask-forget-one") };
        // The person must be told that their check-in ends too.
        if (state.Report is null && talk.Person is { } person && await talk.Session.CheckIns.OfAsync(person.Id) is not null)
            lines.Add(new Line("checkin.forget-too"));
        return new Prompt(lines, [[new Option("report.forget-yes", Yes), new Option("button.no", No)]]);
    }

    protected override async Task FinishAsync(Talk talk, ForgetWish wish)
    {
        if (wish.Report is { } id)
            await forget.OneAsync(talk.Session, new ReportId(id));
        else
            await forgetAccount.RunAsync(talk.Session, talk.Here, talk.Person, talk.UpdateId);
        talk.EditPressed(talk.Texts.Say(talk.Language, wish.Report is null ? "report.forgotten-all" : "report.forgotten-one"));
    }
}

/// <param name="Report">Null: everything of this account.</param>
public sealed record ForgetWish(int Turn, Guid? Report)
{
    public override string ToString() => "(wish to be forgotten)";
}
