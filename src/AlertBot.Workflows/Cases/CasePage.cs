using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// A case as those cleared for it see it, in their private chat and nowhere else: names, what happened, what is due, and on
/// request the arithmetic.
/// </summary>
public sealed class CasePage(LawBook book)
{
    private const int MostConfirmButtons = 5;

    /// <summary>Shows the case of that code, or says that there is none: the same to whoever may not see it.</summary>
    public async Task ShowAsync(Talk talk, CaseCode code)
    {
        if (await FindAsync(talk, code) is not { } file)
        {
            await NearCodes.ReplyAsync(talk, code.Text, "case");
            return;
        }

        var deadlines = CaseDeadlines.Compute(file, book, talk.Now);
        var names = await talk.Session.Cases.NamesAsync(file.Id);
        await talk.Session.Audit.AddAsync(talk.Person?.Id, AuditAct.CaseRead, file.Id.Value);
        var story = new CaseStory(talk.Texts, talk.Language, deadlines) { FollowedUp = await FollowedUpAsync(talk, file) };
        var parts = new[] { story.Header(file, names), await FollowersAsync(talk, file), story.Timeline(file), story.Due() };
        talk.Reply(
            RichText.Join("\n\n", parts.Where(part => part.Plain.Length > 0)),
            Buttons(talk, file, deadlines));
    }

    /// <summary>How each date was counted, step by step.</summary>
    public async Task ShowStepsAsync(Talk talk, CaseCode code)
    {
        if (await FindAsync(talk, code) is not { } file)
            talk.Reply("case.not-found", ("code", code.Text));
        else
            talk.Reply(new CaseStory(talk.Texts, talk.Language, CaseDeadlines.Compute(file, book, talk.Now)).Arithmetic(file));
    }

    // By the key of the date: who follows it up.
    private static async Task<Dictionary<string, RichText>> FollowedUpAsync(Talk talk, CaseFile file)
    {
        var people = (await talk.Session.Subscriptions.FollowersAsync(file.Id)).Where(one => one is { Person: not null, Role: not null })
            .DistinctBy(one => one.Person).ToDictionary(one => one.Person!.Value, one => one.Role!.Value);
        return (await talk.Session.Deadlines.OfAsync([file.Id]))[file.Id]
            .Where(one => one.FollowUp.By is { } by && people.ContainsKey(by))
            .ToDictionary(
                one => one.Deadline.Key,
                one => talk.Texts.Say(
                    talk.Language, "case.followed-up", ("role", people[one.FollowUp.By!.Value]), ("sign", PersonSign.Of(one.FollowUp.By!.Value))),
                StringComparer.Ordinal);
    }

    private static async Task<RichText> FollowersAsync(Talk talk, CaseFile file)
    {
        var followers = await talk.Session.Subscriptions.FollowersAsync(file.Id);
        var shown = new List<RichText>();
        foreach (var one in followers)
        {
            var key = one.IsWaiting ? "case.follower-waits" : "triage.person";
            shown.Add(one is { Person: { } person, Role: { } role }
                ? talk.Texts.Say(talk.Language, key, ("role", role), ("sign", PersonSign.Of(person)))
                : talk.Texts.Say(talk.Language, "triage.group", ("title", await talk.Session.Addresses.TitleAsync(one.Address) ?? "–")));
        }

        return shown.Count == 0
            ? talk.Texts.Say(talk.Language, "case.no-followers")
            : talk.Texts.Say(talk.Language, "case.followers", ("who", RichText.Join(", ", shown)));
    }

    // Names are read here: so only in a private chat, and only by somebody who may see them.
    private static async Task<CaseFile?> FindAsync(Talk talk, CaseCode code) =>
        !talk.IsGroup && talk.Person is not null ? await CaseAccess.FindAsync(talk.Session, code, withDetail: true) : null;

    private static List<IReadOnlyList<Choice>> Buttons(Talk talk, CaseFile file, IReadOnlyList<Deadline> deadlines)
    {
        var rows = file.Events
            .Where(one => one.RecordedBy != talk.Person?.Id && CaseStory.WantsSecondPerson(one, file.Events, deadlines))
            .Take(MostConfirmButtons)
            .Select(one => (IReadOnlyList<Choice>)[new Choice(
                talk.Texts.Plain(talk.Language, "button.confirm-this", ("kind", one.Kind), ("when", one.When!)), $"confirm:{one.Id.Value:N}")])
            .ToList();

        var acts = new List<Choice>();
        if (deadlines.Any(CaseStory.IsShown))
            acts.Add(talk.Button("button.how-counted", $"steps:{file.Code.Text}"));
        acts.Add(talk.Button(talk.May(Role.Coordinator) ? "button.record" : "propose.button", $"record:{file.Code.Text}"));
        if (talk.May(Role.Coordinator))
            acts.Add(talk.Button("button.correct-fact", $"correct:l:{file.Code.Text}"));
        if (acts.Count > 0)
            rows.Add(acts);
        return rows;
    }
}
