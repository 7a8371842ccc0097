using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>quietcase:CASE:STAMP:ANSWER</c> under the question after a case of which nothing was said for a month.</summary>
public sealed class AnswerQuietPress(RecordEvent record, Alerts alerting, AlertCards cards) : IPress
{
    public const string Word = "quietcase";

    internal static readonly AuditAct Act = new("case.quiet-answer");

    private static readonly Duration AnsweredWithin = Duration.FromDays(QuietCase.AfterDays);

    public string Prefix => Word;

    public async Task PressAsync(Talk talk, string data)
    {
        if (data.Split(':') is not [var id, var stamp, var answer] || answer is not ("n" or "y") || !Guid.TryParseExact(id, "N", out var guid))
        {
            talk.Notice("button.stale");
            return;
        }

        var @case = new CaseId(guid);
        if (talk.Person is not { } person || !await CaseAccess.MaySeeAsync(talk.Session, @case))
        {
            talk.Notice("answer.not-allowed");
            return;
        }

        // Whoever comes second waits here, and then finds the answer of the first.
        await talk.Session.Cases.LockAsync(@case);
        var before = await talk.Session.Audit.OfAsync(guid, Act, talk.Now - AnsweredWithin);
        if (await talk.Session.Cases.FindAsync(@case) is not { } file
            || before.Any(entry => entry.Detail == stamp))
        {
            talk.Notice("answer.already");
            return;
        }

        await talk.Session.Audit.AddAsync(person.Id, Act, guid, stamp);
        var waiting = QuietCase.WaitsFor(file);
        var label = answer == "y" ? "quiet-case.news" : QuietCases.LabelOf(waiting);
        RichText Card(string language) => talk.Texts.Say(
            language, "quiet-case.card", ("code", file.Code.Text), ("answer", talk.Texts.Say(language, label)), ("role", person.Role));
        IReadOnlyList<IReadOnlyList<Choice>> Details(string language) =>
            [[new Choice(talk.Texts.Plain(language, "button.details"), $"case:{file.Code.Text}")]];

        talk.Notice("answer.thanks");
        talk.EditPressed(Card(talk.Language), Details(talk.Language));
        await cards.ChangeAsync(
            talk.Session, @case, QuietCases.KeyOf(@case, stamp), language => new OutgoingMessage(Card(language), Details(language)), talk.Here.Id);
        if (answer == "y")
            await NewsAsync(talk, file, stamp);
        else if (waiting == Waiting.Held)
            await record.RunAsync(talk.Session, @case, StillHeld(talk, file));
    }

    private static CaseEvent StillHeld(Talk talk, CaseFile file) => new(
        EventId.New(), EventKinds.Find("still_held")!.Value, new When(talk.Now.InZone(file.Zone).Date, null, file.Zone, Precision.Day));

    // A coordinator puts it on file; of an advocate's news coordinators hear.
    private async Task NewsAsync(Talk talk, CaseFile file, string stamp)
    {
        if (talk.May(Role.Coordinator) && !talk.IsGroup)
        {
            talk.Reply(talk.Texts.Say(talk.Language, "answer.tell-more"), [[talk.Button("button.record", $"record:{file.Code.Text}")]]);
            return;
        }

        var draft = new AlertDraft(
            file.Id, AlertKind.CaseNews, Severity.Urgent, $"{QuietCases.KeyOf(file.Id, stamp)}:news",
            new Line("quiet-case.has-news", ("code", file.Code.Text), ("role", talk.Person!.Role), ("sign", PersonSign.Of(talk.Person.Id))))
        {
            Buttons = [[("button.record", $"record:{file.Code.Text}")], [("button.details", $"case:{file.Code.Text}")]],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(talk.Session, draft, await Recipients.CoordinatorsAsync(talk.Session));
    }
}
