using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// <c>/report</c>: the conversation with a witness. The first words are sent to people at once, and each step completes them before the next
/// question. A witness who is silenced in the middle has been heard.
/// </summary>
public sealed class ReportConversation(SendReport send, AddToReport add, TakeBack takeBack, PrivateChatLink link)
    : GuidedConversation<Telling, Telling>, IChatCommand
{
    // The zone of most reporters, until the places of reports are looked up.
    private static readonly DateTimeZone UsualZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    public string Name => "report";

    public CommandPlace Place => CommandPlace.Anywhere;

    public override string Kind => Name;

    protected override int Version => ReportTalk.StateVersion;

    protected override string Cancelled => "report.discarded";

    public override bool TakesFiles => true;

    // Under the answer to a bare word for help.
    private const string Cry = "cry.";

    /// <summary>The press that says: the word for help was meant, somebody is in danger.</summary>
    public static string CryOf(string word) => $"report:{Cry}{Shortened.Plainly(word.Trim(), 20)}";

    protected override async Task<bool> PressedBesideAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !data.StartsWith(Cry, StringComparison.Ordinal))
            return false;
        await HearAsync(talk, new Heard.Told(data[Cry.Length..], null, []));
        return true;
    }

    /// <inheritdoc/>
    public override async Task<string> StopAsync(Talk talk, Conversation saved)
    {
        if (await ReadAsync(talk, saved) is not { Report: { } id } telling)
            return "cancel.done";
        await LeaveAsync(talk, new ReportId(id));
        return telling.IsSent ? "cancel.report" : Cancelled;
    }

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup)
            await link.ReplyAsync(talk, Name);
        else if (arguments.Length > 0 || HasMore(talk.Update))
            await BeginWithAsync(talk, ToldIn(talk) with { Text = arguments });
        else if (await talk.Session.Reports.DraftOfAsync(talk.Here.Id) is { Content: { } content } draft)
            await AskAsync(talk, (await ResumedAsync(talk, draft, content)) with { At = TellingAt.Resume });
        else
            await AskAsync(talk, ReportTalk.Begin(Asking.FirstTurn()), new Line("report.intro"));
    }

    /// <summary>Begins with words that nobody asked for, and sends them to people at once.</summary>
    public async Task BeginWithAsync(Talk talk, Heard.Told told) =>
        await BeginWithAsync(talk, told, await talk.Session.Reports.DraftOfAsync(talk.Here.Id));

    private async Task BeginWithAsync(Talk talk, Heard.Told told, Report? unfinished)
    {
        await SpeakAsTheyDoAsync(talk, told.Text);
        if (unfinished is { Content: { } content } draft)
        {
            await GoOnAsync(talk, await KeepAsync(talk, ReportTalk.Answer(await ResumedAsync(talk, draft, content), told, talk.Now, ZoneOf(talk))));
            return;
        }

        var turn = ReportTalk.BeginWith(Asking.FirstTurn(), told, talk.Now, ZoneOf(talk));
        await GoOnAsync(talk, await KeepAsync(talk, turn));
    }

    protected override int? TurnOf(Telling state) => state.Turn;

    protected override Task<Turn<Telling, Telling>> AnswerAsync(Talk talk, Telling state, Said said) => KeepAsync(
        talk,
        ReportTalk.Answer(
            state, said is Said.Pressed press ? new Heard.Pressed(press.Turn, press.Data) : ToldIn(talk), talk.Now, ZoneOf(talk)));

    protected override Task<Prompt> PromptAsync(Talk talk, Telling state) => Task.FromResult(ReportPrompts.Ask(state, state.IsFirst));

    protected override Task BeginAnewAsync(Talk talk) => HearAsync(talk, ToldIn(talk));

    /// <summary>
    /// Handles a witness's words outside a conversation, or in one whose report was sent meanwhile. Soon after that report they belong to it.
    /// </summary>
    public async Task HearAsync(Talk talk, Heard.Told told)
    {
        var (unfinished, last) = talk.IsFirst ? (null, null) : await talk.Session.Reports.LatestOfAsync(talk.Here.Id);
        if (last is not { } sent || !IsRecent(talk, sent))
        {
            await BeginWithAsync(talk, told, unfinished);
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        AddToReport.Answer(talk, await add.RunAsync(talk.Session, sent, told, talk.Cancelled), told.IsMoreOfAlbum);
    }

    /// <summary>
    /// The recent report to which new words belong. Null if there is none, or if another report was begun. A further part of an album belongs to the
    /// report of its first part.
    /// </summary>
    public static async Task<Report?> RecentAsync(Talk talk) =>
        await talk.Session.Reports.LatestOfAsync(talk.Here.Id) is (null, { } sent) && IsRecent(talk, sent) ? sent : null;

    private static bool IsRecent(Talk talk, Report sent) => talk.IsMoreOfAlbum || sent.ChangedAt + AddToReport.Soon > talk.Now;

    /// <summary>Whether the message has more than words.</summary>
    public static bool HasMore(IncomingUpdate update) => update.Location is not null || update.Files.Count > 0;

    public static Heard.Told ToldIn(Talk talk) => new(talk.Update.Text, talk.Update.Location, talk.Update.Files)
    {
        IsForward = talk.Update.IsForward,
        Message = talk.Update.Message,
        IsLive = talk.Update.IsLive,
        IsMoreOfAlbum = talk.IsMoreOfAlbum,
    };

    private static DateTimeZone ZoneOf(Talk talk) => ZoneOr(talk.Zone);

    /// <summary>The zone by which a reporter's words are read.</summary>
    internal static DateTimeZone ZoneOr(DateTimeZone zone) => zone == DateTimeZone.Utc ? UsualZone : zone;

    // Null if the report was sent or deleted meanwhile, or if the state has another shape: new words then begin a new report.
    protected override async Task<Telling?> ReadAsync(Talk talk, Conversation saved)
    {
        if (saved.Read<Telling>(Version) is not { } telling)
            return null;
        if (telling.Report is not { } id)
            return telling;
        return await talk.Session.Reports.FindAsync(new ReportId(id)) is { IsOpen: true, Content: { } content } report
            ? telling with { Content = content, IsSent = report.State == ReportState.Sent }
            : null;
    }

    private static async Task<Telling> ResumedAsync(Talk talk, Report draft, ReportContent content) =>
        ReportTalk.Resume(
            Asking.FirstTurn(), draft.Id.Value, content, await talk.Session.ReportFiles.CountAsync(draft.Id), draft.State == ReportState.Sent);

    // The answer comes in the language of the words, not of the phone.
    private static async Task SpeakAsTheyDoAsync(Talk talk, string? words)
    {
        if (talk.Person is not { Role: Role.Reporter } person || LanguageGuess.Surely(words) is not { } spoken || spoken == talk.Language
            || !talk.Texts.Languages.Contains(spoken))
            return;
        talk.Language = spoken;
        // After an earlier report the language is known already.
        if (talk.IsFirst || (await talk.Session.Reports.OfAsync(talk.Here.Id)).Count == 0)
        {
            await talk.Session.People.UpdateAsync(person with { Language = spoken });
            await talk.Session.Addresses.SetLanguageAsync(talk.Here.Id, spoken);
        }
    }

    // The words are stored, and people have them, before the next question is put.
    private async Task<Turn<Telling, Telling>> KeepAsync(Talk talk, TellingTurn turn)
    {
        switch (turn.Result)
        {
            case TellingResult.Send:
                return new(null, turn.Next);
            case TellingResult.Discard:
                if (turn.Next.Report is { } meant)
                    await takeBack.RunAsync(talk.Session, new ReportId(meant));
                if (!turn.Next.IsSent)
                    return new(null);
                await EndAsync(talk);
                talk.EditPressed(talk.Texts.Say(talk.Language, "report.taken-back"));
                return new(turn.Next) { LeavesQuestion = true };
            case TellingResult.Anew:
                if (turn.Next.Report is { } left)
                    await LeaveAsync(talk, new ReportId(left));
                return new(ReportTalk.Begin(Asking.FirstTurn())) { Remark = new Line("report.intro") };
            case TellingResult.Stale:
                return new(turn.Next) { IsStale = true };
        }

        var before = turn.Next.IsSent;
        var (kept, isRead) = await KeptAsync(talk, turn);
        var isFirst = !before && kept.IsSent;
        if (turn.Result != TellingResult.Quiet)
            return new(kept with { IsFirst = isFirst }) { Remark = RemarkOf(turn, isFirst ? FirstOf(talk, isRead) : null) };
        await SaveAsync(talk, kept);
        return new(kept) { LeavesQuestion = true };
    }

    // What was not kept is mentioned beside any other remark, and never replaced by one: the reporter must not believe it kept.
    private static Line? RemarkOf(TellingTurn turn, Line? first)
    {
        first ??= turn.Remark is { } key ? new Line(key) : null;
        return turn.NotKept is not { } missing ? first : first is null ? new Line(missing) :
            new Line("report.both", ("first", first), ("then", new Line(missing)));
    }

    // The witness is told that people know only if there is somebody who can.
    private static Line FirstOf(Talk talk, bool isRead) => isRead
        ? new Line("report.first", ("at", talk.Now.InZone(ZoneOf(talk)).ToString("HH:mm", CultureInfo.InvariantCulture)))
        : new Line("report.first-kept");

    private async Task<(Telling Telling, bool IsRead)> KeptAsync(Talk talk, TellingTurn turn)
    {
        var telling = turn.Next;
        if (telling.Report is { } known)
            await talk.Session.Reports.SaveAsync(new ReportId(known), telling.Content);
        else if (telling.HasAnything || telling.Content != ReportContent.Empty)
            telling = telling with { Report = (await talk.Session.Reports.BeginAsync(talk.Here.Id, talk.Language, telling.Content)).Value };

        if (telling.Report is not { } value)
            return (telling, false);
        talk.HasReport = true;
        var id = new ReportId(value);
        await talk.Session.ReportFiles.AddAsync(id, turn.Files);
        if (telling.IsSent)
            await send.CompleteAsync(talk.Session, id, talk.Cancelled);
        var isRead = !telling.IsSent && telling.IsWorthSending && await send.BeginAsync(talk.Session, id, telling.Content, talk.Cancelled);
        return (telling with { IsSent = telling.IsSent || telling.IsWorthSending }, isRead);
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

    // People keep what they got, as far as it was told. Answers that were only pressed are dropped.
    private async Task LeaveAsync(Talk talk, ReportId id)
    {
        if (await talk.Session.Reports.FindAsync(id) is { State: ReportState.Draft })
            await talk.Session.Reports.DeleteDraftAsync(id);
        else
            await send.FinishAsync(talk.Session, id, isSilent: false);
    }
}
