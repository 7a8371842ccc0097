using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// Tells messengers what is not a message: answers to their challenges, and keys to trust. It runs right after the act that needs it, and again by
/// the clock until it succeeds, so no restart loses anything.
/// </summary>
public sealed partial class ChannelErrands(
    Database database, IReadOnlyList<IChannel> channels, TrustedKey trustedKey, ChannelChallenges channelChallenges, TextCatalog texts,
    ILogger<ChannelErrands> logger) : IRecurringJob
{
    // Must outlast a messenger's slowest answer.
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly Duration NewsExpire = Duration.FromDays(1);

    public string Name => "messenger-errands";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(20));

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var given in await TakeAsync(session => session.Challenges.TakeAnswersAsync(Lease), ct))
            await TryAsync(given.Id, () => HandOverAsync(given, ct), ct);
        foreach (var change in await TakeAsync(session => session.KeyChanges.TakeTrustedAsync(Lease), ct))
            await TryAsync(change.Id, () => TrustAsync(change, ct), ct);
    }

    private async Task TrustAsync(KeyChange change, CancellationToken ct)
    {
        if (await AtAsync(change.Address, ct) is not { } at || ChannelOf(at.Channel) is not { } channel)
            return;
        if (change.IsDamaged)
        {
            // Which key somebody confirmed cannot be told any more: they are to look again.
            await AskAgainAsync(change);
            return;
        }

        if (!await channel.TrustAsync(at, ct, change.Number))
        {
            LogNotDone(change.Id, "refused");
            await AskAgainAsync(change, await channel.KeyNumberAsync(at, ct));
            return;
        }

        await using var session = await database.BeginAsync(CancellationToken.None);
        await trustedKey.WriteAsync(session, change);
        await session.CommitAsync(CancellationToken.None);
    }

    // The key that a colleague confirmed is not theirs any more: the one of now is to be checked like the one before.
    private async Task AskAgainAsync(KeyChange change, string? number)
    {
        if (number is null || change.Number is null || number == change.Number)
            return;
        await AskAgainAsync(change);
    }

    private async Task AskAgainAsync(KeyChange change)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        await trustedKey.AskAgainAsync(session, change);
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task<ChannelAddress?> AtAsync(AddressId id, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        return (await session.Addresses.FindAsync(id))?.At;
    }

    private async Task HandOverAsync(GivenAnswer given, CancellationToken ct)
    {
        if (ChannelOf(given.Channel) is not { } channel)
            return;

        var isTaken = await channel.AnswerChallengeAsync(given.Name, given.Answer, ct);
        // The messenger's verdict is recorded even if the program is stopping.
        await using var session = await database.BeginAsync(CancellationToken.None);
        var from = given.From is { } at ? await session.Addresses.FindAsync(at) : null;
        if (!isTaken)
        {
            await session.Challenges.RefuseAsync(given);
            await TellAsync(session, from, $"captcha:{Guid.CreateVersion7():N}", new Line("captcha.refused", ("channel", given.Channel.ToString())));
        }
        else if (await channelChallenges.EndAsync(session, given.Channel, given.Id, await SolvedAsync(session, given, from)))
        {
            await session.Audit.AddAsync(from?.Person, new AuditAct("channel.answered"), given.Id, Words.Snake(given.Channel.ToString()));
            await TellAsync(session, from, $"captcha:{given.Id:N}", new Line("captcha.taken", ("channel", given.Channel.ToString())));
        }

        await session.CommitAsync(CancellationToken.None);
    }

    private static async Task<Line> SolvedAsync(Session session, GivenAnswer given, Address? from) =>
        from?.Person is { } id && await session.People.FindAsync(id) is { } person
            ? new Line("captcha.solved-by", ("channel", given.Channel.ToString()), ("role", person.Role), ("sign", PersonSign.Of(id)))
            : new Line("captcha.passed", ("channel", given.Channel.ToString()));

    private async Task TellAsync(Session session, Address? to, string reason, Line text)
    {
        if (to is null)
            return;
        await session.Outbox.AddAsync(new NewDelivery(
            reason, to.Id, to.At.Channel, DeliveryPriority.Now, new OutgoingMessage(text.In(to.Language, texts)),
            texts.Say(to.Language, "alert.repeat"), session.Now, session.Now + NewsExpire));
    }

    private async Task<IReadOnlyList<T>> TakeAsync<T>(Func<Session, Task<IReadOnlyList<T>>> take, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var taken = await take(session);
        await session.CommitAsync(ct);
        return taken;
    }

    private async Task TryAsync(Guid errand, Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        // A messenger that does not answer in time cancels too, and the next errand is another messenger's.
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The errand is tried again when its lease ends.
            LogNotDone(errand, failure.GetType().Name);
        }
    }

    private IChannel? ChannelOf(ChannelKind kind) => channels.FirstOrDefault(one => one.Kind == kind);

    [LoggerMessage(LogLevel.Warning, "Errand {Id} at a messenger is not done yet ({Failure}); tried again")]
    private partial void LogNotDone(Guid id, string failure);
}
