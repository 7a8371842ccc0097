using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// Handles private messages outside any conversation. From a witness they are a report, since in an emergency nobody looks for the command. Shortly
/// after a report they belong to it. People with a role are asked first, because they write to the bot for other reasons too.
/// </summary>
public sealed class FirstWords(ReportConversation reports, ChangeWords changes, HelpCommand help)
    : GuidedConversation<OfferedWords, OfferedWords>, IFirstWords
{
    private const string This = "this";

    /// <summary>The kind of the offer that waits for an answer.</summary>
    public override string Kind => "offer";

    /// <summary>Never said: the offer has no button to decline it.</summary>
    protected override string Cancelled => "talk.anew";

    public override Task<string> StopAsync(Talk talk, Conversation saved) => Task.FromResult("cancel.not-sent");

    public override bool TakesFiles => true;

    public Task<bool> ChangedAsync(Talk talk) => changes.ChangedAsync(talk, () => HearAsync(talk));

    public Task DeletedAsync(Talk talk, MessageRef message) => changes.DeletedAsync(talk, message);

    public async Task HearAsync(Talk talk)
    {
        var told = ReportConversation.ToldIn(talk);
        if (string.IsNullOrWhiteSpace(told.Text) && !ReportConversation.HasMore(talk.Update))
        {
            // A sticker, which we cannot read.
            talk.Reply("report.not-understood");
        }
        else if (HelpWords.Are(told.Text) && !ReportConversation.HasMore(talk.Update) && !told.IsForward && !await IsAtRiskAsync(talk))
        {
            await help.AnswerAsync(talk, ReportConversation.CryOf(told.Text!));
        }
        else if (SmallTalk.Is(told.Text) && !HelpWords.Are(told.Text) && !ReportConversation.HasMore(talk.Update) && !told.IsForward)
        {
            if (await ReportConversation.RecentAsync(talk) is null)
                talk.Reply(RichText.Join(
                    "\n", [talk.Texts.Say(talk.Language, "start.point-report"), talk.Texts.Say(talk.Language, "start.point-help")]));
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

    // Who is asked whether all is well, and answers "help", wants no list of commands.
    private static async Task<bool> IsAtRiskAsync(Talk talk) =>
        talk.Person is { } person && await talk.Session.CheckIns.OfAsync(person.Id) is not null;

    protected override async Task BeginAnewAsync(Talk talk)
    {
        await EndAsync(talk);
        await HearAsync(talk);
    }

    protected override int? TurnOf(OfferedWords state) => state.Turn;

    protected override async Task<Turn<OfferedWords, OfferedWords>> AnswerAsync(Talk talk, OfferedWords state, Said said) => said switch
    {
        Said.Pressed { Data: This } press when press.Turn == state.Turn => new(null, state),
        Said.Pressed => new(state) { IsStale = true, LeavesQuestion = true },
        // An album counts as one message, so the button under the answer to its first part stays valid.
        _ when talk.IsMoreOfAlbum => await QuietlyAsync(talk, state.And(ReportConversation.ToldIn(talk)) with { Turn = state.Turn }),
        _ => new Turn<OfferedWords, OfferedWords>(state.And(ReportConversation.ToldIn(talk))),
    };

    private async Task<Turn<OfferedWords, OfferedWords>> QuietlyAsync(Talk talk, OfferedWords state)
    {
        await SaveAsync(talk, state);
        return new(state) { LeavesQuestion = true };
    }

    protected override Task<Prompt> PromptAsync(Talk talk, OfferedWords state) =>
        Task.FromResult(new Prompt([new Line("report.offer")], [[new Option("report.this", This)]]));

    protected override Task FinishAsync(Talk talk, OfferedWords offer) => reports.BeginWithAsync(talk, offer.Told);
}

/// <summary>A message that may become a report. Prints as a mask.</summary>
public sealed record OfferedWords(int Turn, Heard.Told Told)
{
    /// <summary>Adds a second message meant as part of the first.</summary>
    public OfferedWords And(Heard.Told told)
    {
        var text = string.Join('\n', new[] { Told.Text, told.Text }.Where(one => !string.IsNullOrWhiteSpace(one)));
        return new OfferedWords(Turn + 1, new Heard.Told(text, told.Point ?? Told.Point, [.. Told.Files ?? [], .. told.Files ?? []])
        {
            IsForward = Told.IsForward || told.IsForward,
            Message = Told.Message ?? told.Message,
        });
    }

    public override string ToString() => "(offer)";
}
