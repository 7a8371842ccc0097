using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// What is written in private by somebody in no conversation. From a witness it is a report: in an emergency nobody looks for
/// the command. Shortly after one was sent it belongs to that. Who works here is asked first: they talk to the bot for other
/// reasons too.
/// </summary>
public sealed class FirstWords(ReportConversation reports) : GuidedConversation<OfferedWords, OfferedWords>, IFirstWords
{
    private const string This = "this";

    /// <summary>Of the offer that waits for an answer.</summary>
    public override string Kind => "offer";

    /// <summary>Said never: the offer has no button to turn it down.</summary>
    protected override string Cancelled => "talk.anew";

    public async Task HearAsync(Talk talk)
    {
        var told = ReportConversation.ToldIn(talk.Update);
        if (string.IsNullOrWhiteSpace(told.Text) && !ReportConversation.HasMore(talk.Update))
        {
            // A sticker, a contact: nothing we can read.
            talk.Reply("unknown-command");
        }
        else if (talk.May(Role.Advocate) && await talk.Session.Reports.DraftOfAsync(talk.Here.Id) is null
            && await ReportConversation.RecentAsync(talk) is null)
        {
            await AskAsync(talk, new OfferedWords(Asking.FirstTurn(), told));
        }
        else
        {
            await reports.HearAsync(talk, told);
        }
    }

    protected override async Task BeginAnewAsync(Talk talk)
    {
        await EndAsync(talk);
        await HearAsync(talk);
    }

    protected override int? TurnOf(OfferedWords state) => state.Turn;

    protected override Task<Turn<OfferedWords, OfferedWords>> AnswerAsync(Talk talk, OfferedWords state, Said said) => Task.FromResult(said switch
    {
        Said.Pressed { Data: This } press when press.Turn == state.Turn => new(null, state),
        Said.Pressed => new(state) { IsStale = true, LeavesQuestion = true },
        _ => new Turn<OfferedWords, OfferedWords>(state.And(ReportConversation.ToldIn(talk.Update))),
    });

    protected override Task<Prompt> PromptAsync(Talk talk, OfferedWords state) =>
        Task.FromResult(new Prompt([new Line("report.offer")], [[new Option("report.this", This)]]));

    protected override Task FinishAsync(Talk talk, OfferedWords offer) => reports.BeginWithAsync(talk, offer.Told);
}

/// <summary>What was said, until it is known whether it is a report. Prints as a mask.</summary>
public sealed record OfferedWords(int Turn, Heard.Told Told)
{
    /// <summary>Said in two messages, meant as one.</summary>
    public OfferedWords And(Heard.Told told)
    {
        var text = string.Join('\n', new[] { Told.Text, told.Text }.Where(one => !string.IsNullOrWhiteSpace(one)));
        return new OfferedWords(Turn + 1, new Heard.Told(text, told.Point ?? Told.Point, [.. Told.Files ?? [], .. told.Files ?? []])
        {
            IsForward = Told.IsForward || told.IsForward,
        });
    }

    public override string ToString() => "(offer)";
}
