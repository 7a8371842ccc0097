using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Entrance;

/// <summary>
/// <c>/forget [RECEIPT]</c>: deletes one report, from any account that has its receipt; without one, everything that this account
/// ever told us. It asks once, since nobody can bring it back.
/// </summary>
public sealed class ForgetCommand(ForgetReports forget, ForgetAccount forgetAccount, PrivateChatLink link, FindReport findReport)
    : IChatCommand, IConversation, IPress
{
    private const int StateVersion = 1;
    private const string Yes = "yes";
    private const string No = "no";

    public string Name => "forget";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Anywhere;

    public string Kind => Name;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup)
            await link.ReplyAsync(talk, "report");
        else if (arguments.Length == 0)
            await AskAsync(talk, new Wish(Asking.FirstTurn(), null));
        else if (await findReport.RunAsync(talk.Session, arguments, talk.Here) is { } report)
            await AskAsync(talk, new Wish(Asking.FirstTurn(), report.Id.Value));
        else
            talk.Reply("report.wrong-receipt");
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (saved.Read<Wish>(StateVersion) is { } wish)
            await AskAsync(talk, wish with { Turn = wish.Turn + 1 });
        else
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || Asking.Pressed(data) is not { } pressed || await talk.Session.Conversations.FindAsync(talk.Here.Id) is not { } saved
            || saved.Kind != Kind || saved.Read<Wish>(StateVersion) is not { } wish || wish.Turn != pressed.Turn)
        {
            talk.Notice("button.stale");
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (pressed.Data != Yes)
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, "report.kept"));
            return;
        }

        if (wish.Report is { } id)
            await forget.OneAsync(talk.Session, new ReportId(id));
        else
            await forgetAccount.RunAsync(talk.Session, talk.Here, talk.Person, talk.UpdateId);
        talk.EditPressed(talk.Texts.Say(talk.Language, wish.Report is null ? "report.forgotten-all" : "report.forgotten-one"));
    }

    private async Task AskAsync(Talk talk, Wish wish)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, StateVersion, wish);
        var lines = new List<Line> { new(wish.Report is null ? "report.ask-forget-all" : "report.ask-forget-one") };
        // Nobody should lose what watches over them without a word.
        if (wish.Report is null && talk.Person is { } person && await talk.Session.CheckIns.OfAsync(person.Id) is not null)
            lines.Add(new Line("checkin.forget-too"));
        Asking.Ask(talk, new Prompt(lines, [[new Option("report.forget-yes", Yes), new Option("button.no", No)]]), Prefix, wish.Turn);
    }

    /// <param name="Report">Null: everything of this account.</param>
    private sealed record Wish(int Turn, Guid? Report)
    {
        public override string ToString() => "(wish to be forgotten)";
    }
}
