using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Talking.Triage;

/// <summary>A reporter's next message is the answer to a question that was carried to them.</summary>
public sealed class AskedConversation(AskReporter ask) : IConversation
{
    private const int Version = 1;
    private const int Longest = 3_000;

    public string Kind => "asked";

    public async Task BeginAsync(Talk talk, ReportId report)
    {
        if (await talk.Session.Reports.FindAsync(report) is not { State: ReportState.Sent } found || found.From != talk.Here.Id)
        {
            talk.Notice("button.stale");
            return;
        }

        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(report.Value), talk.Now);
        talk.Reply("triage.answer-now");
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (talk.Update.Text is not { Length: > 0 } answer)
        {
            talk.Reply("talk.words-please");
            return;
        }

        if (answer.Length > Longest)
        {
            talk.Reply("talk.too-long", ("limit", Longest));
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        var taken = saved.Read<State>(Version) is { } state
            && await ask.AnswerAsync(talk.Session, new ReportId(state.Report), talk.Here.Id, answer, talk.Now);
        talk.Reply(taken ? "triage.answer-thanks" : "button.stale");
    }

    private sealed record State(Guid Report);
}
