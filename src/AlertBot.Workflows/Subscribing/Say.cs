using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Subscribing;

/// <summary>A coordinator sends a message to a case's followers, to all advocates, or to everybody with a role and every linked group.</summary>
public sealed class Say(Alerts alerting)
{
    public const string Advocates = "advocates";
    public const string All = "all";

    /// <returns>Null if there is no such case or audience.</returns>
    public static async Task<IReadOnlyList<Subscriber>?> ToAsync(Session session, string whom)
    {
        switch (whom)
        {
            case Advocates:
                return await session.Addresses.OpenWithRoleAsync(Role.Advocate);
            case All:
                var linked = await session.Subscriptions.OpenOfAsync(await session.Cases.AllAsync());
                var groups = linked.SelectMany(one => one).Where(one => one.IsGroup);
                return (await session.Addresses.OpenWithRoleAsync(Role.Advocate)).Concat(groups).DistinctBy(one => one.Address).ToList();
            default:
                return CaseCode.TryParse(whom, out var code) && await session.Cases.FindAsync(code) is { } file
                    ? (await session.Subscriptions.OpenOfAsync([file.Id]))[file.Id].Where(one => !one.IsCodeOnly).ToList()
                    : null;
        }
    }

    /// <returns>The numbers of people and groups told; null if the actor may not.</returns>
    public async Task<(int People, int Groups)?> RunAsync(Session session, string whom, string words)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await ToAsync(session, whom) is not { } to)
            return null;

        var id = AlertId.New();
        var @case = CaseCode.TryParse(whom, out var code) ? await session.Cases.FindAsync(code) : null;
        var head = @case is null ? "" : @case.Code.Text;
        var role = session.Actor.Person?.Role ?? Role.Owner;
        var draft = new AlertDraft(@case?.Id, AlertKind.Said, Severity.Notice, $"said:{id.Value:N}", new Line(
            "say.said", ("code", head), ("role", role), ("sign", session.Actor.Person?.Shown ?? "–"), ("text", words)))
        {
            Id = id,
        };
        var brief = new AlertDraft(@case?.Id, AlertKind.Said, Severity.Notice, draft.DedupKey, new Line(
            "say.said-in-group", ("code", head), ("role", role), ("text", words)));
        await alerting.RaiseAsync(
            session, draft, to, one => one.IsGroup, (language, isGroup) => (isGroup ? brief : draft).MessageIn(language, alerting.Texts));
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("say"), @case?.Id.Value, @case is null ? whom : null);
        return Counted(to);
    }

    public static (int People, int Groups) Counted(IReadOnlyCollection<Subscriber> to) => (
        to.Where(one => !one.IsGroup).Select(one => one.Person).Distinct().Count(), to.Count(one => one.IsGroup));
}
