using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
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
public sealed class ReportConversation(SendReport send, AddToReport add, PrivateChatLink link) : IChatCommand, IConversation, IPress
{
    // Until places of reports are looked up: where most of them come from.
    private static readonly DateTimeZone UsualZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    public string Name => "report";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Anywhere;

    public string Kind => Name;

    public string Prefix => Name;

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
            await GoOnAsync(talk, ReportTalk.Answer(await ResumedAsync(talk, draft, content), told, talk.Now, ZoneOf(talk)));
            return;
        }

        var turn = ReportTalk.BeginWith(Asking.FirstTurn(), told, talk.Now, ZoneOf(talk));
        await GoOnAsync(talk, turn with { Remark = turn.Next.HasAnything ? "report.first" : turn.Remark });
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (await TellingAsync(talk, saved) is { } telling)
            await GoOnAsync(talk, ReportTalk.Answer(telling, ToldIn(talk.Update), talk.Now, ZoneOf(talk)));
        else
            await HearAsync(talk, ToldIn(talk.Update));
    }

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

    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && Asking.Pressed(data) is { } pressed && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved
            && saved.Kind == Kind && await TellingAsync(talk, saved) is { } telling)
            await GoOnAsync(talk, ReportTalk.Answer(telling, new Heard.Pressed(pressed.Turn, pressed.Data), talk.Now, ZoneOf(talk)));
        else
            talk.Notice("button.stale");
    }

    /// <summary>Whether something came beside words.</summary>
    public static bool HasMore(IncomingUpdate update) => update.Location is not null || update.Files.Count > 0;

    public static Heard.Told ToldIn(IncomingUpdate update) => new(update.Text, update.Location, update.Files) { IsForward = update.IsForward };

    private static DateTimeZone ZoneOf(Talk talk) => talk.Zone == DateTimeZone.Utc ? UsualZone : talk.Zone;

    // Null: the report went out meanwhile, or is deleted, or the shape has changed: what is said now begins something new.
    private static async Task<Telling?> TellingAsync(Talk talk, Conversation saved)
    {
        if (saved.Read<Telling>(ReportTalk.StateVersion) is not { } telling)
            return null;
        if (telling.Report is not { } id)
            return telling;
        return await talk.Session.Reports.FindAsync(new ReportId(id)) is { State: ReportState.Draft, Content: { } content }
            ? telling with { Content = content }
            : null;
    }

    private static async Task<Telling> ResumedAsync(Talk talk, Report draft, ReportContent content) =>
        ReportTalk.Resume(Asking.FirstTurn(), draft.Id.Value, content, await talk.Session.ReportFiles.CountAsync(draft.Id));

    private async Task GoOnAsync(Talk talk, TellingTurn turn)
    {
        var remark = turn.Remark is { } key ? new Line(key) : null;
        switch (turn.Result)
        {
            case TellingResult.Send:
                await SendAsync(talk, turn.Next);
                break;
            case TellingResult.Discard:
                await DeleteAsync(talk, turn.Next);
                await talk.Session.Conversations.EndAsync(talk.Here.Id);
                talk.EditPressed(talk.Texts.Say(talk.Language, "report.discarded"));
                break;
            case TellingResult.Anew:
                await DeleteAsync(talk, turn.Next);
                await AskAsync(talk, ReportTalk.Begin(Asking.FirstTurn()), new Line("report.intro"));
                break;
            case TellingResult.Stale:
                talk.Notice("button.stale");
                await AskAsync(talk, turn.Next, isStale: true);
                break;
            default:
                await AskAsync(talk, await SaveAsync(talk, turn), remark);
                break;
        }
    }

    private static async Task<Telling> SaveAsync(Talk talk, TellingTurn turn)
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

    private async Task AskAsync(Talk talk, Telling telling, Line? remark = null, bool isStale = false)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, ReportTalk.StateVersion, telling);
        Asking.Ask(talk, ReportPrompts.Ask(telling), Prefix, telling.Turn, remark, isStale);
    }

    private async Task SendAsync(Talk talk, Telling telling)
    {
        var report = telling.Report is { } id ? await talk.Session.Reports.FindAsync(new ReportId(id)) : null;
        var receipt = report is null ? null : await send.RunAsync(talk.Session, report, isIncomplete: false, talk.Cancelled);
        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (receipt is { } number)
            talk.EditPressed(talk.Texts.Say(talk.Language, "report.sent", ("receipt", number.Reveal())));
        else
            talk.Notice("button.stale");
    }

    private static Task DeleteAsync(Talk talk, Telling telling) =>
        telling.Report is { } id ? talk.Session.Reports.DeleteDraftAsync(new ReportId(id)) : Task.CompletedTask;
}
