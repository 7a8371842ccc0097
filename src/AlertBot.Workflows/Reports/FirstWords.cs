using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// What is written in private by somebody in no conversation. From a witness it is a report: in an emergency nobody looks for
/// the command. Shortly after one was sent it belongs to that. Who works here is asked first: they talk to the bot for other
/// reasons too.
/// </summary>
public sealed class FirstWords(ReportConversation reports) : IFirstWords, IConversation, IPress
{
    private const int StateVersion = 1;
    private const string This = "this";

    /// <summary>Of the offer that waits for an answer.</summary>
    public string Kind => "offer";

    public string Prefix => Kind;

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
            await OfferAsync(talk, new Offer(Asking.FirstTurn(), told));
        }
        else
        {
            await reports.HearAsync(talk, told);
        }
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        var told = ReportConversation.ToldIn(talk.Update);
        if (saved.Read<Offer>(StateVersion) is not { } before)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            await HearAsync(talk);
            return;
        }

        // Said in two messages, meant as one.
        var text = string.Join('\n', new[] { before.Told.Text, told.Text }.Where(one => !string.IsNullOrWhiteSpace(one)));
        var both = new Heard.Told(text, told.Point ?? before.Told.Point, [.. before.Told.Files ?? [], .. told.Files ?? []])
        {
            IsForward = before.Told.IsForward || told.IsForward,
        };
        await OfferAsync(talk, new Offer(before.Turn + 1, both));
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && Asking.Pressed(data) is { Data: This } pressed && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved
            && saved.Kind == Kind && saved.Read<Offer>(StateVersion) is { } offer && offer.Turn == pressed.Turn)
            await reports.BeginWithAsync(talk, offer.Told);
        else
            talk.Notice("button.stale");
    }

    private async Task OfferAsync(Talk talk, Offer offer)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, StateVersion, offer);
        Asking.Ask(talk, new Prompt([new Line("report.offer")], [[new Option("report.this", This)]]), Prefix, offer.Turn);
    }

    /// <summary>What was said, until it is known whether it is a report. Prints as a mask.</summary>
    private sealed record Offer(int Turn, Heard.Told Told)
    {
        public override string ToString() => "(offer)";
    }
}
