using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// Tells coordinators who came by a list, as of anybody who came by an invitation, and which cases lost followers when it was taken back.
/// </summary>
public sealed class TellImported(Alerts alerting)
{
    private const int MostNamed = 60;

    internal async Task CameAsync(Session session, Import import)
    {
        if (import.Kind == ImportKind.People && await session.People.FindAsync(import.BegunBy ?? import.MadeBy) is { } by)
            await CameAsync(session, import.Id.Value, by, await session.Imports.MadeAsync(import.Id));
    }

    /// <param name="cause">What they came by: told once.</param>
    /// <param name="by">Null: the machine's own operator.</param>
    public async Task CameAsync(Session session, Guid cause, Person? by, IReadOnlyCollection<ImportMade> made)
    {
        var people = made.Where(one => one is { Person: not null, Role: >= Role.Advocate } && (one.IsNew || one.Had is not null)).ToList();
        var groups = made.Count(one => one is { Person: null, Follows.Count: > 0 });
        var (came, codes) = (
            people.Select(one => new PersonId(one.Person!.Value)).ToHashSet(),
            await CodesAsync(session, made.SelectMany(one => one.Follows)));
        // Whoever came by the same list is not told of themself, nor is anybody of whom we do not know that they read it.
        var to = (await Recipients.CoordinatorsAsync(session))
            .Where(one => !one.IsUnconfirmed && one.Person is { } person && person != by?.Id && !came.Contains(person)).ToList();
        if ((people.Count == 0 && codes.Count == 0) || to.Count == 0)
            return;

        var shown = await session.People.ShownAsync(came);
        var draft = new AlertDraft(
            null, AlertKind.PersonCame, Severity.Urgent, $"came-by-list:{cause:N}",
            [
                by is null
                    ? new Line("import.came-by-operator", ("count", people.Count), ("groups", groups))
                    : new Line("import.came", ("byrole", by.Role), ("bysign", by.Shown), ("count", people.Count), ("groups", groups)),
                .. people.GroupBy(one => one.Role!.Value).OrderByDescending(one => one.Key).Select(role => new Line(
                    "import.came-line", ("role", role.Key), ("count", role.Count()),
                    ("signs", Listed(role.Select(one => shown.GetValueOrDefault(new PersonId(one.Person!.Value)) ?? "–"))))),
                .. codes.Count == 0 ? Array.Empty<Line>() : [new Line("import.came-cases", ("codes", Listed(codes)))],
                new Line("import.came-what"),
            ])
        {
            Buttons = by is null ? [] : [[("freeze.look-at-them", $"freeze:who.{by.Id.Value:N}")]],
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, to);
    }

    internal async Task GoneAsync(Session session, Import import)
    {
        var gone = (await session.Imports.TakenBackAsync(import.Id)).Where(one => one.Follows.Count > 0).ToList();
        var cases = gone.SelectMany(one => one.Follows).Distinct().Select(id => new CaseId(id)).ToList();
        var to = await Recipients.CoordinatorsAsync(session);
        if (cases.Count == 0 || to.Count == 0)
            return;

        var heard = await session.Subscriptions.OpenOfAsync(cases);
        var bare = (await session.Cases.LoadAsync(cases.Where(@case => heard[@case].All(one => one.IsUnconfirmed)).ToList()))
            .Where(file => file.Status != CaseStatus.Closed).Select(file => file.Code.Text).ToList();
        var codes = await CodesAsync(session, gone.SelectMany(one => one.Follows));
        var draft = new AlertDraft(
            null, AlertKind.Imported, Severity.Urgent, $"import-gone-follow:{import.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            [
                new Line("import.gone-follow", ("count", gone.Count), ("codes", Listed(codes))),
                .. bare.Count == 0 ? Array.Empty<Line>() : [new Line("freeze.cases", ("codes", Listed(bare)))],
            ])
        {
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, to);
    }

    private static async Task<IReadOnlyList<string>> CodesAsync(Session session, IEnumerable<Guid> cases) =>
        (await session.Cases.CodesAsync(cases.Distinct().Select(id => new CaseId(id)).ToList())).Select(code => code.Text).ToList();

    private static string Listed(IEnumerable<string> words)
    {
        var all = words.ToList();
        return string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? ", …" : "");
    }
}
