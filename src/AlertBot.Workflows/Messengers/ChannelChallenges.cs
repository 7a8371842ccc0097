using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// Asks the operators when a messenger demands a captcha. It prefers another messenger, because messages on this one may have to wait for the answer.
/// </summary>
public sealed class ChannelChallenges(Alerts alerting, AlertCards alertCards)
{
    // A messenger may name a new challenge with every message. The task for people is the same, so they are not asked each time.
    private static readonly Duration AskAgainAfter = Duration.FromHours(1);

    /// <summary>The common beginning of the keys of one challenge's alerts.</summary>
    public static string KeysOf(Guid challenge) => $"captcha:{challenge:N}:";

    /// <param name="until">When sending may be tried without an answer.</param>
    /// <param name="isOnlyNewPeople">True if it answered a message to somebody who never wrote to us: others may be written to meanwhile.</param>
    public async Task HeardAsync(Session session, ChannelKind channel, string challenge, Instant until, bool isOnlyNewPeople)
    {
        var (kept, isNew) = await session.Challenges.KeepAsync(channel, challenge, until, isOnlyNewPeople);
        if (!isNew || session.Now - kept.ToldAt < AskAgainAfter)
            return;

        await session.Challenges.SetToldAsync(kept.Id);
        await session.Audit.AddAsync(null, new AuditAct("channel.challenged"), kept.Id, Words.Snake(channel.ToString()));
        var draft = new AlertDraft(
            null, new AlertKind(Words.Snake(channel.ToString()) + "_captcha"), Severity.Urgent,
            KeysOf(kept.Id) + session.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            new Line("captcha.asked", ("channel", channel.ToString())), new Line("captcha.how"));
        await alerting.RaiseAsync(session, draft, await OperatorsAsync(session, channel));
    }

    /// <summary>A message went through without an answer, so the messenger has stopped asking.</summary>
    /// <param name="toNewPerson">Whether it went to somebody who never wrote to us.</param>
    public async Task PassedAsync(Session session, ChannelKind channel, bool toNewPerson)
    {
        // Messages that were already on their way may go through although one was refused. Where only messages to new people were refused, one to
        // somebody who has written to us says nothing.
        if (await session.Challenges.FindAsync(channel) is { } challenge && challenge.HoldUntil <= session.Now
            && (toNewPerson || !challenge.IsOnlyNewPeople))
            await EndAsync(session, challenge.Channel, challenge.Id, new Line("captcha.passed", ("channel", channel.ToString())));
    }

    /// <returns>False if it was already over.</returns>
    internal async Task<bool> EndAsync(Session session, ChannelKind channel, Guid challenge, Line card)
    {
        if (!await session.Challenges.EndAsync(challenge))
            return false;

        await session.Outbox.ReleaseAsync(channel, WaitReason.Account);
        await session.Outbox.ReleaseAsync(channel, WaitReason.NewPeople);
        await alertCards.ReplaceAsync(session, KeysOf(challenge), card);
        return true;
    }

    // Owners, or else coordinators. People who can be reached on another messenger come before people who cannot.
    private static async Task<IReadOnlyCollection<Subscriber>> OperatorsAsync(Session session, ChannelKind channel)
    {
        var owners = await session.Addresses.OpenWithRoleAsync(Role.Owner);
        var all = await Recipients.CoordinatorsAsync(session);
        return new IReadOnlyCollection<Subscriber>[] { Elsewhere(owners, channel), Elsewhere(all, channel), owners, all }.FirstOrDefault(
            some => some.Count > 0) ?? [];
    }

    private static List<Subscriber> Elsewhere(IEnumerable<Subscriber> people, ChannelKind channel) =>
        people.Where(one => one.Channel != channel).Select(one => one with { IsChosen = true }).ToList();
}
