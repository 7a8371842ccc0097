using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What messengers want to know before they let us send on, one challenge for each, and what people answer.</summary>
public sealed class ChallengeStore
{
    private const string Columns = "channel, id, challenge, came_at, hold_until, told_at, answer is not null as is_answered";

    private const string Column = "channel_challenge.challenge";
    private const string AnswerColumn = "channel_challenge.answer";

    private readonly Access _access;

    internal ChallengeStore(Access access) => _access = access;

    /// <summary>Puts a challenge on file; a newer one takes the place of the one before. It is held until the act ends.</summary>
    /// <returns>As it stands now, and whether the messenger names another one than before.</returns>
    public async Task<(Challenge Challenge, bool IsNew)> KeepAsync(ChannelKind channel, string challenge, Instant until)
    {
        var fresh = Guid.CreateVersion7();
        var isFirst = await _access.ExecuteAsync(
            """
            insert into channel_challenge (channel, id, challenge, came_at, hold_until) values (@channel, @fresh, @challenge, @now, @until)
            on conflict (channel) do nothing
            """,
            new { channel = Codes.Of(channel), fresh, challenge = _access.Seal(Column, fresh, challenge), now = _access.Now, until }) > 0;
        var before = (await FirstAsync("where channel = @channel for update", new { channel = Codes.Of(channel) }))!;
        await _access.ExecuteAsync(
            "update channel_challenge set challenge = @challenge, hold_until = greatest(hold_until, @until) where id = @Id",
            new { before.Id, challenge = _access.Seal(Column, before.Id, challenge), until });
        return (before with { Name = challenge }, isFirst || before.Name != challenge);
    }

    public Task<Challenge?> FindAsync(ChannelKind channel) => FirstAsync("where channel = @channel", new { channel = Codes.Of(channel) });

    /// <summary>The one that has waited longest for an answer; null: nobody asks for anything.</summary>
    public Task<Challenge?> OldestAsync() => FirstAsync("order by came_at limit 1", null);

    public Task SetToldAsync(Guid id) => _access.ExecuteAsync(
        "update channel_challenge set told_at = @now where id = @id", new { id, now = _access.Now });

    /// <summary>
    /// What a person found out; it is handed over by <see cref="TakeAnswersAsync"/>. A later answer counts instead of an earlier one.
    /// </summary>
    public Task AnswerAsync(Guid id, string answer, AddressId from) => _access.ExecuteAsync(
        "update channel_challenge set answer = @answer, answered_from = @Value, try_at = @now where id = @id",
        new { id, from.Value, answer = _access.Seal(AnswerColumn, id, answer), now = _access.Now });

    /// <summary>Answers to hand over now; nobody else takes them for the length of the lease.</summary>
    public async Task<IReadOnlyList<GivenAnswer>> TakeAnswersAsync(Duration lease) => (await _access.QueryAsync<AnswerRow>(
        """
        update channel_challenge set try_at = @until
        where  id in (select id from channel_challenge where answer is not null and try_at <= @now for update skip locked)
        returning channel, id, challenge, answer, answered_from
        """,
        new { now = _access.Now, until = _access.Now + lease })).Select(row => new GivenAnswer(
            Codes.Read<ChannelKind>(row.Channel), row.Id, _access.Open(Column, row.Id, row.Challenge)!,
            _access.Open(AnswerColumn, row.Id, row.Answer)!,
            row.AnsweredFrom is { } from ? new AddressId(from) : null)).ToList();

    /// <summary>The messenger does not take it. Another answer that came meanwhile still counts.</summary>
    public async Task RefuseAsync(GivenAnswer given)
    {
        var now = await _access.ValueAsync<byte[]>("select answer from channel_challenge where id = @Id for update", new { given.Id });
        if (_access.Open(AnswerColumn, given.Id, now) == given.Answer)
            await _access.ExecuteAsync(
                "update channel_challenge set answer = null, answered_from = null, try_at = null where id = @Id", new { given.Id });
    }

    /// <returns>False when it was over before.</returns>
    public async Task<bool> EndAsync(Guid id) => await _access.ExecuteAsync("delete from channel_challenge where id = @id", new { id }) > 0;

    private async Task<Challenge?> FirstAsync(string where, object? parameters) =>
        await _access.FirstAsync<Row>($"select {Columns} from channel_challenge {where}", parameters) is not { } row ? null : new Challenge(
            Codes.Read<ChannelKind>(row.Channel), row.Id, _access.Open(Column, row.Id, row.Challenge)!,
            row.CameAt, row.HoldUntil, row.ToldAt, row.IsAnswered);

    private sealed record Row(string Channel, Guid Id, byte[] Challenge, Instant CameAt, Instant HoldUntil, Instant? ToldAt, bool IsAnswered);

    private sealed record AnswerRow(string Channel, Guid Id, byte[] Challenge, byte[] Answer, Guid? AnsweredFrom);
}

/// <summary>A messenger waits for an answer, and we wait for the messenger.</summary>
/// <param name="Name">As the messenger names it.</param>
/// <param name="HoldUntil">When it may be tried without an answer.</param>
/// <param name="ToldAt">When people were asked last; null: not yet.</param>
/// <param name="IsAnswered">Somebody answered, and the messenger has not judged it yet.</param>
public sealed record Challenge(
    ChannelKind Channel, Guid Id, string Name, Instant CameAt, Instant HoldUntil, Instant? ToldAt, bool IsAnswered)
{
    public override string ToString() => $"({Channel} challenge)";
}

/// <param name="From">Where the one who answered hears of it; null: they are gone.</param>
public sealed record GivenAnswer(ChannelKind Channel, Guid Id, string Name, string Answer, AddressId? From)
{
    public override string ToString() => $"(answer to a {Channel} challenge)";
}
