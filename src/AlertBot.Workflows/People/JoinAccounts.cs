using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Joins accounts on several messengers to one person. The person types the code from their own chat into the other account, then confirms in the
/// first chat. So somebody who only saw the code over a shoulder gains nothing.
/// </summary>
public sealed class JoinAccounts(Alerts alerting, SendElsewhere sendElsewhere, TextCatalog texts)
{
    /// <summary>How long a code works, and how long a request waits for its confirmation.</summary>
    public static readonly Duration Life = Duration.FromMinutes(15);

    /// <summary>The press that takes the answer to "is this you?".</summary>
    public const string Press = "account";

    private const string Kind = "link";
    private static readonly Duration Memory = Duration.FromHours(1);
    private static readonly Duration NewsExpire = Duration.FromDays(1);

    /// <returns>The code, which is shown once and stored nowhere; null if the person may not.</returns>
    public async Task<string?> BeginAsync(Session session, Person person, Address here)
    {
        if (!person.MayActAs(Role.Advocate))
            return null;

        var code = JoiningCode.New();
        await session.AccountJoinings.AddAsync(JoiningCode.Read(code)!, person.Id, here.Id, session.Now + Life);
        await session.Audit.AddAsync(person.Id, new AuditAct("account.begin"), here.Id.Value);
        return code;
    }

    /// <summary>Another account names a code, and its owner is asked whether that is them.</summary>
    public async Task<JoiningOutcome> ClaimAsync(Session session, string typed, Person person, Address here)
    {
        // The answer is that to a wrong code, so that a person who guesses does not learn when to come back.
        if (person.IsFrozen || await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= AcceptInvite.MostWrongCodes)
            return JoiningOutcome.Unknown;
        if (JoiningCode.Read(typed) is not { } code || await session.AccountJoinings.TakeAsync(code) is not { } joining
            || joining.ExpiresAt <= session.Now
            || await session.People.FindAsync(joining.Person) is not { } owner || await session.Addresses.FindAsync(joining.AskedBy) is not { } asked)
        {
            await session.WrongCodes.AddAsync(here.Id, Kind);
            return JoiningOutcome.Unknown;
        }

        if (joining.Person == person.Id)
            return JoiningOutcome.IsYours;
        if (joining.Wanted is not null)
            return JoiningOutcome.Unknown;
        // A person with a role on that account is already known to colleagues.
        if (person.Role != Role.Reporter)
            return JoiningOutcome.HasRole;

        await session.AccountJoinings.SetWantedAsync(joining, here.Id, session.Now + Life);
        await session.Outbox.AddAsync(new NewDelivery(
            $"account:{joining.Id:N}", asked.Id, asked.At.Channel, DeliveryPriority.Now,
            new OutgoingMessage(
                texts.Say(owner.Language, "channels.is-it-you", ("channel", here.At.Channel)),
                [[new Choice(texts.Plain(owner.Language, "channels.yes"), $"{Press}:yes:{joining.Id:N}"),
                  new Choice(texts.Plain(owner.Language, "channels.no"), $"{Press}:no:{joining.Id:N}")]]),
            texts.Say(owner.Language, "alert.repeat"), session.Now, session.Now + Life));
        return JoiningOutcome.Asked;
    }

    /// <summary>The person says whether the other account is theirs.</summary>
    /// <param name="here">The chat of the answer. Their other accounts and the coordinators are told, since a phone may be in other hands.</param>
    /// <returns>The account that is now theirs; null if the request is over or was refused.</returns>
    public async Task<Address?> AnswerAsync(Session session, Guid id, Person person, Address here, bool isMine)
    {
        if (await session.AccountJoinings.TakeAsync(id) is not { } joining || joining.Person != person.Id
            || joining.Wanted is not { } wanted || joining.ExpiresAt <= session.Now
            || person.IsFrozen || await session.Addresses.FindAsync(wanted) is not { Person: { } stranger } account
            || await session.People.FindAsync(stranger) is not { Role: Role.Reporter })
            return null;

        await session.AccountJoinings.RemoveAsync(joining);
        await session.Audit.AddAsync(person.Id, isMine ? AuditAct.AccountJoined : new AuditAct("account.refuse"), account.Id.Value);
        if (!isMine)
            return null;

        await session.Conversations.EndAsync(account.Id);
        await session.Addresses.GiveToAsync(account.Id, person.Id);
        await session.Addresses.SetLanguageAsync(account.Id, person.Language);
        if ((await session.Addresses.OfAsync(stranger)).Count == 0)
        {
            await session.CheckIns.GiveToAsync(stranger, person.Id);
            await session.People.HandOverAsync(stranger, person.Id);
        }

        // The person whose only account it was has none any more. If something depends on that person, it stays as an id.
        await session.TryAsync(() => session.People.EraseAsync(stranger), CancellationToken.None);
        await TellAsync(session, account, person, $"account-joined:{joining.Id:N}", new Line("channels.welcome", ("role", person.Role)));
        foreach (var other in (await session.Addresses.OfAsync(person.Id)).Where(one => !one.IsDark && one.Id != account.Id && one.Id != here.Id))
            await TellAsync(session, other, person, $"account-joined:{joining.Id:N}", new Line("channels.joined", ("channel", account.At.Channel)));
        await alerting.RaiseAsync(
            session,
            new AlertDraft(null, AlertKind.AccountJoined, Severity.Notice, $"account:{joining.Id:N}", new Line(
                "channels.told", ("role", person.Role), ("sign", PersonSign.Of(person.Id)), ("channel", account.At.Channel))),
            (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != person.Id).ToList());
        return account with { Person = person.Id };
    }

    /// <summary>Takes an account from a person. Its holder becomes a stranger and is told so. The last account cannot be taken away.</summary>
    public async Task<bool> LeaveAsync(Session session, Person person, AddressId id)
    {
        var accounts = await session.Addresses.OfAsync(person.Id);
        if (accounts.Count < 2 || accounts.FirstOrDefault(one => one.Id == id) is not { } account)
            return false;

        // What they followed there moves to another account, and the old account must not get what still waits for it.
        var rest = accounts.First(one => one.Id != id);
        foreach (var @case in await session.Subscriptions.CasesOfAsync(id))
        {
            await session.Subscriptions.AddAsync(@case, rest.Id, person.Id);
            await session.Subscriptions.RemoveAsync(@case, id);
        }

        foreach (var waiting in await session.Fallbacks.WaitingAlertsAsync(id))
        {
            if (await session.Fallbacks.StuckAsync(waiting) is { } stuck)
                await sendElsewhere.RunAsync(session, stuck);
        }

        await session.Outbox.FailAllAsync(id, "unlinked");
        await session.Conversations.EndAsync(id);
        var stranger = new Person(PersonId.New(), Role.Reporter, person.Language, person.Zone, IsFrozen: false);
        await session.People.AddAsync(stranger);
        await session.Addresses.GiveToAsync(id, stranger.Id);
        await session.Audit.AddAsync(person.Id, new AuditAct("account.unlink"), account.Id.Value);
        await TellAsync(session, account, person, $"account-removed:{Guid.CreateVersion7():N}", new Line("channels.removed"));
        return true;
    }

    private Task<int> TellAsync(Session session, Address account, Person person, string reason, Line text) => session.Outbox.AddAsync(new NewDelivery(
        reason, account.Id, account.At.Channel, DeliveryPriority.Now, new OutgoingMessage(text.In(person.Language, texts)),
        texts.Say(person.Language, "alert.repeat"), session.Now, session.Now + NewsExpire));
}

/// <summary>The result of naming a code.</summary>
public enum JoiningOutcome
{
    /// <summary>There is no such code, or no longer. Also the answer after too many wrong codes.</summary>
    Unknown,

    /// <summary>The account has a role of its own.</summary>
    HasRole,

    /// <summary>The account already belongs to the person.</summary>
    IsYours,

    /// <summary>The person is asked whether that is them.</summary>
    Asked,
}
