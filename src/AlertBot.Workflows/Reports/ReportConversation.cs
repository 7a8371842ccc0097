using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// <c>/report</c>: keeps the conversation with a witness. Each step saves the draft before the next question is put; whoever is
/// silenced in the middle has told what they told.
/// </summary>
public sealed class ReportConversation(SendReport send, AddToReport add, PrivateChatLink link)
    : GuidedConversation<Telling, Telling>, IChatCommand
{
    // Until places of reports are looked up: where most of them come from.
    private static readonly DateTimeZone UsualZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    public string Name => "report";

    public CommandPlace Place => CommandPlace.Anywhere;

    public override string Kind => Name;

    protected override int Version => ReportTalk.StateVersion;

    protected override string Cancelled => "report.discarded";

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup)
            await link.ReplyAsync(talk, Name);
        else if (arguments.Length > 0 || HasMore(talk.Update))
            await BeginWithAsync(talk, ToldIn(talk.Update) with { Text = arguments });
        else if (await talk.Session.Reports.DraftOfAsync(talk.Here.Id) is { Content: { } content } draft)
            await AskAsync(talk, (await ResumedAsync(talk, draft, content)) with { At = TellingAt.Resume });
        else
            await AskAsync(talk, ReportTalk.Begin(Asking.FirstTurn()), new Line("report.intro"));
    }

    /// <summary>Somebody says what happened, without having been asked: it is saved at once, and can be sent at once.</summary>
    public async Task BeginWithAsync(Talk talk, Heard.Told told)
    {
        if (await talk.Session.Reports.DraftOfAsync(talk.Here.Id) is { Content: { } content } draft)
        {
            await GoOnAsync(talk, await KeepAsync(talk, ReportTalk.Answer(await ResumedAsync(talk, draft, content), told, talk.Now, ZoneOf(talk))));
            return;
        }

        var turn = ReportTalk.BeginWith(Asking.FirstTurn(), told, talk.Now, ZoneOf(talk));
        await GoOnAsync(talk, await KeepAsync(talk, turn with { Remark = turn.Next.HasAnything ? "report.first" : turn.Remark }));
    }

    protected override int? TurnOf(Telling state) => state.Turn;

    protected override Task<Turn<Telling, Telling>> AnswerAsync(Talk talk, Telling state, Said said) => KeepAsync(
        talk,
        ReportTalk.Answer(
            state, said is Said.Pressed press ? new Heard.Pressed(press.Turn, press.Data) : ToldIn(talk.Update), talk.Now, ZoneOf(talk)));

    protected override Task<Prompt> PromptAsync(Talk talk, Telling state) => Task.FromResult(ReportPrompts.Ask(state));

    protected override Task BeginAnewAsync(Talk talk) => HearAsync(talk, ToldIn(talk.Update));

    /// <summary>What a witness says in no conversation, or in one whose report went out meanwhile: soon after sending it belongs to that.</summary>
    public async Task HearAsync(Talk talk, Heard.Told told)
    {
        if (await RecentAsync(talk) is not { } sent)
        {
            await BeginWithAsync(talk, told);
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply(await add.RunAsync(talk.Session, sent, told.Text, told.Point, told.Files ?? [], talk.Cancelled)
            ? "report.added-thanks"
            : "report.too-much");
    }

    /// <summary>The report that whatever is said now belongs to; null: none was sent so lately, or another one is begun.</summary>
    public static async Task<Report?> RecentAsync(Talk talk) =>
        await talk.Session.Reports.DraftOfAsync(talk.Here.Id) is null
        && await talk.Session.Reports.LastSentOfAsync(talk.Here.Id) is { } sent && sent.SentAt + AddToReport.Soon > talk.Now ? sent : null;

    /// <summary>Whether something came beside words.</summary>
    public static bool HasMore(IncomingUpdate update) => update.Location is not null || update.Files.Count > 0;

    public static Heard.Told ToldIn(IncomingUpdate update) => new(update.Text, update.Location, update.Files) { IsForward = update.IsForward };

    private static DateTimeZone ZoneOf(Talk talk) => talk.Zone == DateTimeZone.Utc ? UsualZone : talk.Zone;

    // Null: the report went out meanwhile, or is deleted, or the shape has changed: what is said now begins something new.
    protected override async Task<Telling?> ReadAsync(Talk talk, Conversation saved)
    {
        if (saved.Read<Telling>(Version) is not { } telling)
            return null;
        if (telling.Report is not { } id)
            return telling;
        return await talk.Session.Reports.FindAsync(new ReportId(id)) is { State: ReportState.Draft, Content: { } content }
            ? telling with { Content = content }
            : null;
    }

    private static async Task<Telling> ResumedAsync(Talk talk, Report draft, ReportContent content) =>
        ReportTalk.Resume(Asking.FirstTurn(), draft.Id.Value, content, await talk.Session.ReportFiles.CountAsync(draft.Id));

    // What was told is saved before the next question is put.
    private static async Task<Turn<Telling, Telling>> KeepAsync(Talk talk, TellingTurn turn)
    {
        switch (turn.Result)
        {
            case TellingResult.Send:
                return new(null, turn.Next);
            case TellingResult.Discard:
                await DeleteAsync(talk, turn.Next);
                return new(null);
            case TellingResult.Anew:
                await DeleteAsync(talk, turn.Next);
                return new(ReportTalk.Begin(Asking.FirstTurn())) { Remark = new Line("report.intro") };
            case TellingResult.Stale:
                return new(turn.Next) { IsStale = true };
            default:
                return new(await KeptAsync(talk, turn)) { Remark = turn.Remark is { } key ? new Line(key) : null };
        }
    }

    private static async Task<Telling> KeptAsync(Talk talk, TellingTurn turn)
    {
        var telling = turn.Next;
        if (telling.Report is { } known)
            await talk.Session.Reports.SaveAsync(new ReportId(known), telling.Content);
        else if (telling.HasAnything || telling.Content != ReportContent.Empty)
            telling = telling with { Report = (await talk.Session.Reports.BeginAsync(talk.Here.Id, talk.Language, telling.Content)).Value };

        if (telling.Report is { } id)
            await talk.Session.ReportFiles.AddAsync(new ReportId(id), turn.Files);
        return telling;
    }

    protected override async Task FinishAsync(Talk talk, Telling telling)
    {
        var report = telling.Report is { } id ? await talk.Session.Reports.FindAsync(new ReportId(id)) : null;
        var receipt = report is null ? null : await send.RunAsync(talk.Session, report, isIncomplete: false, talk.Cancelled);
        if (receipt is { } number)
            talk.EditPressed(talk.Texts.Say(talk.Language, "report.sent", ("receipt", number.Reveal())));
        else
            talk.Notice("button.stale");
    }

    private static Task DeleteAsync(Talk talk, Telling telling) =>
        telling.Report is { } id ? talk.Session.Reports.DeleteDraftAsync(new ReportId(id)) : Task.CompletedTask;
}
