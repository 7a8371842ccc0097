using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>The text of a digest: dates of the next two weeks, what is new, what is open. It shows codes and no names.</summary>
public sealed class DigestPage(TextCatalog texts)
{
    private const int Days = 14;
    private const int MostLines = 60;
    private static readonly AlertKind[] News = [AlertKind.EventRecorded, AlertKind.DeadlineMoved, AlertKind.LawChanged];

    /// <returns>Null if there is nothing to say.</returns>
    public async Task<RichText?> OfAsync(Session session, Person person, Instant since)
    {
        var ids = await session.Subscriptions.CasesOfAsync(person.Id);
        var codes = (await session.Cases.LoadAsync(ids)).Where(file => file.Status != CaseStatus.Closed).ToDictionary(
            file => file.Id, file => file.Code);
        var language = person.Language;

        RichText Say(string key, params (string Name, object Value)[] arguments) => texts.Say(language, key, arguments);
        RichText Line(CaseId @case, Deadline deadline) => Say(
            "next.line", ("day", deadline.Limit.Earliest), ("code", codes[@case].Text), ("kind", deadline.Kind));

        var due = (await session.Deadlines.OpenUntilAsync(codes.Keys, session.Now + Duration.FromDays(Days))).ToLookup(
            one => one.Deadline.Deadline.Limit.Earliest.Instant <= session.Now, one => Line(one.Case, one.Deadline.Deadline));
        var news = (await session.Alerts.OfAsync(codes.Keys, News, since)).Select(alert => texts.Say(
            language, alert.TextKey, alert.Facts.Select(fact => (fact.Key, (object)fact.Value)).ToArray()));
        var incidents = (await session.Incidents.OpenAsync())
            .Where(one => one.TakenBy == person.Id || (one.Case is { } @case && codes.ContainsKey(@case)))
            .Select(
                one => Say(
                    "digest.incident", ("code", CodeOf(one, codes)), ("what", one.Kind),
                    ("state", one.TakenBy == person.Id ? "yours" : one.Handling)));

        var sections = new[]
        {
            Section(Say("digest.incidents"), incidents), Section(Say("next.passed"), due[true]), Section(
                Say("next.title", ("days", Days)), due[false]),
            Section(Say("digest.news"), news), Section(Say("digest.kept"), await session.Rhythms.TakeKeptAsync(person.Id)),
        }.OfType<RichText>().ToList();
        return sections.Count == 0
            ? null
            : RichText.Join("\n\n", sections.Prepend(Say("digest.title", ("day", session.Now.InZone(person.Zone).Date))));
    }

    private static string CodeOf(Incident incident, Dictionary<CaseId, CaseCode> codes) =>
        incident.Case is { } @case && codes.TryGetValue(@case, out var code) ? $"{code.Text} · {incident.Code.Text}" : incident.Code.Text;

    private static RichText? Section(RichText heading, IEnumerable<RichText> lines)
    {
        var shown = lines.Take(MostLines).ToList();
        return shown.Count == 0 ? null : RichText.Join("\n", shown.Prepend(heading));
    }
}
