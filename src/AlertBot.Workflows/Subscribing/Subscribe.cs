using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// Somebody starts or stops following a case in their own private chat. Groups can read codes, so an advocate with a code only makes a request.
/// Followers and coordinators are told, and until a coordinator agrees the advocate reads no more than a group does.
/// </summary>
public sealed class Subscribe(Alerts alerting, AlertCards alertCards)
{
    /// <summary>After this many wrong codes in an hour no more are looked up.</summary>
    public const int MostWrongCodes = 20;

    private static readonly AuditAct Agreed = new("case.subscribe.agree");
    private static readonly AuditAct Refused = new("case.subscribe.refuse");
    private const string Kind = "case";
    private static readonly Duration Memory = Duration.FromHours(1);

    public async Task<Subscribed> RunAsync(Session session, CaseCode code, Address here)
    {
        if (!session.Actor.MayActAs(Role.Advocate) || here.IsGroup || here.Person != session.Actor.Id)
            return Subscribed.NotAllowed;
        if (await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongCodes)
            return Subscribed.NotFound;

        if (await session.Cases.FindAsync(code) is not { } file)
        {
            await session.WrongCodes.AddAsync(here.Id, Kind);
            return Subscribed.NotFound;
        }

        var isDone = session.Actor.MayActAs(Role.Coordinator) || await session.Subscriptions.HasAsync(file.Id, session.Actor.Id!.Value);
        if (!(isDone
            ? await session.Subscriptions.AddAsync(file.Id, here.Id, session.Actor.Id)
            : await session.Subscriptions.AskAsync(file.Id, here.Id, session.Actor.Id!.Value)))
            return isDone ? Subscribed.Already : Subscribed.Asked;

        await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseFollowed, file.Id.Value, here.Id.Value.ToString("N"));
        if (isDone)
            return Subscribed.Done;
        await AskAsync(session, file, session.Actor.Person!, here);
        return Subscribed.Asked;
    }

    /// <summary>A coordinator agrees or refuses.</summary>
    /// <returns>False if the actor may not, or if nobody waits for it any more.</returns>
    public async Task<bool> AnswerAsync(Session session, CaseCode code, AddressId who, bool isAgreed)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Cases.FindAsync(code) is not { } file
            || await session.Addresses.FindAsync(who) is not { Person: { } person } address || person == session.Actor.Id
            || !(isAgreed ? await session.Subscriptions.ConfirmAsync(file.Id, who) : await session.Subscriptions.RemoveAsync(file.Id, who)))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, isAgreed ? Agreed : Refused, file.Id.Value, who.Value.ToString("N"));
        var said = new Line(
            isAgreed ? "subscribe.agreed" : "subscribe.refused", ("sign", PersonSign.Of(person)), ("code", file.Code.Text),
            ("bysign", session.Actor.Person?.Shown ?? "–"));
        await alertCards.ReplaceAsync(session, KeysOf(file, address), said);
        var told = new AlertDraft(
            null, AlertKind.FollowAnswered, Severity.Notice, $"follow-answer:{file.Id.Value:N}:{who.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            new Line(isAgreed ? "subscribe.done" : "subscribe.not-agreed", ("code", file.Code.Text)))
        {
            Needs = Role.Advocate,
        };
        await alerting.RaiseAsync(session, told, await session.Addresses.OpenOfAsync([person]));
        return true;
    }

    private static string KeysOf(CaseFile file, Address here) => $"follow:{file.Id.Value:N}:{here.Id.Value:N}:";

    private async Task AskAsync(Session session, CaseFile file, Person who, Address here)
    {
        var line = new Line("subscribe.wanted", ("role", who.Role), ("sign", who.Shown), ("code", file.Code.Text));
        var key = KeysOf(file, here) + session.Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var coordinators = await Recipients.CoordinatorsAsync(session);
        await alerting.RaiseAsync(
            session, new AlertDraft(file.Id, AlertKind.FollowWanted, Severity.Urgent, key, line)
            {
                Buttons =
                [
                    [("subscribe.agree", $"follow:yes.{here.Id.Value:N}.{file.Code.Text}"),
                        ("subscribe.refuse", $"follow:no.{here.Id.Value:N}.{file.Code.Text}")],
                ],
                Needs = Role.Coordinator,
            },
            coordinators);
        var followers = (await session.Subscriptions.OpenOfAsync([file.Id]))[file.Id]
            .Where(one => one is { IsGroup: false, IsCodeOnly: false } && one.Person != who.Id)
            .ExceptBy(coordinators.Select(one => one.Address), one => one.Address).ToList();
        await alerting.RaiseAsync(session, new AlertDraft(file.Id, AlertKind.FollowWanted, Severity.Notice, key + ":followers", line), followers);
    }

    /// <returns>False if they did not follow it, whether or not there is such a case.</returns>
    public async Task<bool> EndAsync(Session session, CaseCode code, Address here)
    {
        if (!session.Actor.MayActAs(Role.Advocate) || here.IsGroup || here.Person != session.Actor.Id
            || await session.Cases.FindAsync(code) is not { } file || !await session.Subscriptions.RemoveAsync(file.Id, here.Id))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseUnfollowed, file.Id.Value, here.Id.Value.ToString("N"));
        return true;
    }
}

public enum Subscribed
{
    Done,

    /// <summary>A coordinator must agree first.</summary>
    Asked,

    Already,
    NotFound,
    NotAllowed,
}
