using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>The dates of a person's cases as a calendar that programs fetch: codes and kinds of deadlines, nothing that names anybody.</summary>
public sealed class CalendarFeed(TextCatalog texts)
{
    private static readonly Duration Ahead = Duration.FromDays(2 * 366);

    /// <returns>Null when that is nobody's secret, or not any more.</returns>
    public async Task<string?> OfAsync(Session session, string secret)
    {
        if (await session.CalendarFeeds.FindAsync(secret) is not { } id
            || await session.People.FindAsync(id) is not { } person || !person.MayActAs(Role.Advocate))
            return null;
        return (await OfAsync(session, person)).Text;
    }

    /// <summary>The same for a person who asks in a chat: what they may see, and how many dates it has.</summary>
    public async Task<(string Text, int Dates)> OfAsync(Session session, Person person)
    {
        var dates = 0;
        var calendar = new IcsWriter(texts.Plain(person.Language, "calendar.name"));
        var cases = await CaseAccess.AllAsync(session.As(Actor.Of(person)));
        var codes = (await session.Cases.LoadAsync(cases)).Where(file => file.Status != CaseStatus.Closed).ToDictionary(
            file => file.Id, file => file.Code);
        foreach (var (@case, stored) in await session.Deadlines.OpenUntilAsync(codes.Keys, session.Now + Ahead))
        {
            if (!ChangeAlert.IsDate(stored.Deadline))
                continue;
            Write(calendar, person.Language, codes[@case], stored, session.Now);
            dates++;
        }

        return (calendar.End(), dates);
    }

    /// <summary>The dates of one case, for a file that a person takes away.</summary>
    internal async Task<string> OfCaseAsync(Session session, CaseFile file, string language)
    {
        var calendar = new IcsWriter(texts.Plain(language, "calendar.name"));
        foreach (var (_, stored) in await session.Deadlines.OpenUntilAsync([file.Id], session.Now + Ahead))
        {
            if (ChangeAlert.IsDate(stored.Deadline))
                Write(calendar, language, file.Code, stored, session.Now);
        }

        return calendar.End();
    }

    private void Write(IcsWriter calendar, string language, CaseCode code, StoredDeadline stored, Instant now)
    {
        var (earliest, latest) = (stored.Deadline.Limit.Earliest, stored.Deadline.Limit.Latest);
        var (id, kind) = (stored.Id.Value.ToString("N"), stored.Deadline.Kind);

        // The rule is told too, so that whoever doubts a date knows where to look.
        var both = texts.Plain(
            language, "calendar.both", ("earliest", earliest), ("latest", latest),
            ("ends", earliest == latest ? "one" : "two"), ("rule", stored.Deadline.RuleId));
        End(calendar, $"{id}@alertbot", now, earliest, Summary(earliest == latest ? "only" : "earliest"), both);
        if (earliest != latest)
            End(calendar, $"{id}-latest@alertbot", now, latest, Summary("latest"), both);

        string Summary(string end) => texts.Plain(language, "calendar.entry", ("code", code.Text), ("kind", kind), ("end", end));
    }

    private static void End(IcsWriter calendar, string uid, Instant stamp, LimitEnd end, string summary, string description)
    {
        if (end.LastDay is { } day)
            calendar.Day(uid, stamp, day, summary, description);
        else
            calendar.Moment(uid, stamp, end.Instant, summary, description);
    }
}
