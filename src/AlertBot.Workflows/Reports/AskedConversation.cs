using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Takes a reporter's next message, including a picture or a voice, as the answer to a coordinator's question. [Not now] lets them say something else
/// first; the question keeps its button.
/// </summary>
public sealed class AskedConversation(AskReporter ask) : GuidedConversation<AskedReporter, AskedConversation.Told>
{
    private const int Longest = 3_000;

    public override string Kind => "asked";

    protected override string Cancelled => "triage.answer-later";

    public override bool TakesFiles => true;

    private async Task BeginAsync(Talk talk, ReportId report)
    {
        if (await talk.Session.Reports.FindAsync(report) is { State: ReportState.Sent, IsOfOldKey: false } found && found.From == talk.Here.Id)
            await AskAsync(talk, new AskedReporter(report.Value), isNewMessage: true);
        else
            talk.Notice("button.stale");
    }

    protected override Task BeginAnewAsync(Talk talk) => EndAsync(talk, new Line("button.stale"));

    /// <summary><c>answer:REPORT</c> under the question, or <c>later</c> under the request to answer.</summary>
    protected override async Task<bool> PressedBesideAsync(Talk talk, string data)
    {
        if (data.Split(':') is not ["answer", var report] || talk.IsGroup || !Guid.TryParseExact(report, "N", out var id))
            return await LeaveAsync(talk);
        await BeginAsync(talk, new ReportId(id));
        return true;
    }

    protected override int? TurnOf(AskedReporter state) => null;

    protected override Task<Turn<AskedReporter, Told>> AnswerAsync(Talk talk, AskedReporter state, Said said)
    {
        var told = ReportConversation.ToldIn(talk);
        var words = (said as Said.Words)?.Text;
        return Task.FromResult<Turn<AskedReporter, Told>>(
            words is null && !ReportConversation.HasMore(talk.Update) ? new(state)
            : words is { Length: > Longest } ? new(state) { Remark = new Line("talk.too-long", ("limit", Longest)), LeavesQuestion = true }
            : new(null, new Told(new ReportId(state.Report), new ReporterAnswer(words, told.Point, told.Files ?? [])
            {
                Message = told.Message,
            })));
    }

    protected override Task<Prompt> PromptAsync(Talk talk, AskedReporter state) =>
        Task.FromResult(new Prompt([new Line("triage.answer-now")], [[new Option("button.not-now", "later")]]));

    protected override async Task FinishAsync(Talk talk, Told result)
    {
        // The other parts of an album are added after the first.
        var files = FilesThatFit.Of(result.Answer.Files, 0);
        var taken = await ask.AnswerAsync(
            talk.Session, result.Report, talk.Here.Id, result.Answer with { Files = files.Kept }, talk.Cancelled);
        if (taken && files.NotKept is { } missing)
            talk.Reply(FilesThatFit.Said("triage.answer-thanks", missing, talk));
        else
            talk.Reply(taken ? "triage.answer-thanks" : "button.stale");
    }

    /// <summary>Prints as a mask.</summary>
    public sealed record Told(ReportId Report, ReporterAnswer Answer)
    {
        public override string ToString() => "(answer)";
    }
}

/// <summary>The report that the question is about.</summary>
public sealed record AskedReporter(Guid Report);
