using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A reporter's next message is the answer to a question that was carried to them, a picture or a voice included. [Not now] lets
/// them say something else first; the question keeps its button.
/// </summary>
public sealed class AskedConversation(AskReporter ask) : IConversation, IPress
{
    private const int Version = 1;
    private const int Longest = 3_000;

    public string Kind => "asked";

    public string Prefix => Kind;

    private async Task BeginAsync(Talk talk, ReportId report)
    {
        if (await talk.Session.Reports.FindAsync(report) is not { State: ReportState.Sent, IsOfOldKey: false } found || found.From != talk.Here.Id)
        {
            talk.Notice("button.stale");
            return;
        }

        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(report.Value));
        Ask(talk, "triage.answer-now");
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        var told = ReportConversation.ToldIn(talk.Update);
        var words = string.IsNullOrWhiteSpace(told.Text) ? null : told.Text.Trim();
        if (words is null && !ReportConversation.HasMore(talk.Update))
        {
            Ask(talk, "triage.answer-now");
            return;
        }

        if (words is { Length: > Longest })
        {
            talk.Reply("talk.too-long", ("limit", Longest));
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        var taken = saved.Read<State>(Version) is { } state
            && await ask.AnswerAsync(
                talk.Session, new ReportId(state.Report), talk.Here.Id, new ReporterAnswer(words, told.Point, told.Files ?? []), talk.Cancelled);
        talk.Reply(taken ? "triage.answer-thanks" : "button.stale");
    }

    /// <summary><c>answer:REPORT</c> under the question, or <c>later</c> under the request to answer.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (data.Split(':') is ["answer", var report] && !talk.IsGroup && Guid.TryParseExact(report, "N", out var id))
        {
            await BeginAsync(talk, new ReportId(id));
            return;
        }

        if (!talk.IsGroup && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind)
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.EditPressed(talk.Texts.Say(talk.Language, "triage.answer-later"));
    }

    private void Ask(Talk talk, string key) => talk.Reply(talk.Texts.Say(talk.Language, key), [[talk.Button("button.not-now", $"{Kind}:later")]]);

    private sealed record State(Guid Report);
}
