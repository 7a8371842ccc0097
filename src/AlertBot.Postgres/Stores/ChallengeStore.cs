using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Messengers' challenges (captchas) that must be answered before sending goes on, one for each messenger, and people's answers.</summary>
public sealed class ChallengeStore
{
    private const string Columns = "channel, id, challenge, came_at, hold_until, told_at, answer is not null as is_answered, only_new_people";

    private const string Column = "channel_challenge.challenge";
    private const string AnswerColumn = "channel_challenge.answer";

    private readonly Access _access;

    internal ChallengeStore(Access access) => _access = access;

    /// <summary>Stores a challenge in place of the earlier one, and locks it until the act ends.</summary>
    /// <returns>The challenge, and whether the messenger named a new one.</returns>
    public async Task<(Challenge Challenge, bool IsNew)> KeepAsync(
        ChannelKind channel, string challenge, Instant until, bool isOnlyNewPeople)
    {
        var fresh = Guid.CreateVersion7();
        var isFirst = await _access.ExecuteAsync(
            """
            insert into channel_challenge (channel, id, challenge, came_at, hold_until, only_new_people)
            values (@channel, @fresh, @challenge, @now, @until, @isOnlyNewPeople)
            on conflict (channel) do nothing
            """,
            new
            {
                channel = Codes.Of(channel),
                fresh,
                challenge = _access.Seal(Column, fresh, challenge),
                now = _access.Now,
                until,
                isOnlyNewPeople,
            }) > 0;
        var before = (await FirstAsync("where channel = @channel for update", new { channel = Codes.Of(channel) }))!;
        await _access.ExecuteAsync(
            """
            update channel_challenge
            set    challenge = @challenge, hold_until = greatest(hold_until, @until), only_new_people = only_new_people and @isOnlyNewPeople
            where  id = @Id
            """,
            new { before.Id, challenge = _access.Seal(Column, before.Id, challenge), until, isOnlyNewPeople });
        return (before with { Name = challenge }, isFirst || before.Name != challenge);
    }

    public Task<Challenge?> FindAsync(ChannelKind channel) => FirstAsync("where channel = @channel", new { channel = Codes.Of(channel) });

    /// <summary>The challenge that has waited longest for an answer; null if there is none.</summary>
    public Task<Challenge?> OldestAsync() => FirstAsync("order by came_at limit 1", null);

    public Task SetToldAsync(Guid id) => _access.ExecuteAsync(
        "update channel_challenge set told_at = @now where id = @id", new { id, now = _access.Now });

    /// <summary>Stores a person's answer, in place of an earlier one. <see cref="TakeAnswersAsync"/> takes it.</summary>
    public Task AnswerAsync(Guid id, string answer, AddressId from) => _access.ExecuteAsync(
        "update channel_challenge set answer = @answer, answered_from = @Value, try_at = @now where id = @id",
        new { id, from.Value, answer = _access.Seal(AnswerColumn, id, answer), now = _access.Now });

    /// <summary>Takes the answers to pass on. Nobody else gets them during the lease.</summary>
    public async Task<IReadOnlyList<GivenAnswer>> TakeAnswersAsync(Duration lease) => (await _access.QueryAsync<AnswerRow>(
        """
        update channel_challenge set try_at = @until
        where  id in (select id from channel_challenge where answer is not null and try_at <= @now for update skip locked)
        returning channel, id, challenge, answer, answered_from
        """,
        new { now = _access.Now, until = _access.Now + lease }))
        // What does not open cannot be passed on, and must keep no other messenger waiting.
        .Where(row => _access.TryOpen(Column, row.Id, row.Challenge).IsReadable && _access.TryOpen(AnswerColumn, row.Id, row.Answer).IsReadable)
        .Select(row => new GivenAnswer(
            Codes.Read<ChannelKind>(row.Channel), row.Id, _access.Open(Column, row.Id, row.Challenge)!,
            _access.Open(AnswerColumn, row.Id, row.Answer)!,
            row.AnsweredFrom is { } from ? new AddressId(from) : null)).ToList();

    /// <summary>Records that the messenger refused the answer. A newer answer still counts.</summary>
    public async Task RefuseAsync(GivenAnswer given)
    {
        var now = await _access.ValueAsync<byte[]>("select answer from channel_challenge where id = @Id for update", new { given.Id });
        if (_access.TryOpen(AnswerColumn, given.Id, now).Text == given.Answer)
            await _access.ExecuteAsync(
                "update channel_challenge set answer = null, answered_from = null, try_at = null where id = @Id", new { given.Id });
    }

    /// <returns>False if it was already over.</returns>
    public async Task<bool> EndAsync(Guid id) => await _access.ExecuteAsync("delete from channel_challenge where id = @id", new { id }) > 0;

    private async Task<Challenge?> FirstAsync(string where, object? parameters) =>
        await _access.FirstAsync<Row>($"select {Columns} from channel_challenge {where}", parameters) is not { } row ? null : new Challenge(
            // Sending asks for it first of all, and must not stop over a name that does not open.
            Codes.Read<ChannelKind>(row.Channel), row.Id, _access.TryOpen(Column, row.Id, row.Challenge).Text ?? "",
            row.CameAt, row.HoldUntil, row.ToldAt, row.IsAnswered)
        {
            IsOnlyNewPeople = row.OnlyNewPeople,
        };

    private sealed record Row(string Channel, Guid Id, byte[] Challenge, Instant CameAt, Instant HoldUntil, Instant? ToldAt, bool IsAnswered,
        bool OnlyNewPeople);

    private sealed record AnswerRow(string Channel, Guid Id, byte[] Challenge, byte[] Answer, Guid? AnsweredFrom);
}

/// <summary>A challenge by which a messenger holds up our sending.</summary>
/// <param name="Name">The messenger's name for it.</param>
/// <param name="HoldUntil">When sending may be tried without an answer.</param>
/// <param name="ToldAt">When people were last asked; null: not yet.</param>
/// <param name="IsAnswered">Whether an answer waits for the messenger's verdict.</param>
public sealed record Challenge(
    ChannelKind Channel, Guid Id, string Name, Instant CameAt, Instant HoldUntil, Instant? ToldAt, bool IsAnswered)
{
    /// <summary>Whether only messages to people who never wrote to us wait for it.</summary>
    public bool IsOnlyNewPeople { get; init; }

    public override string ToString() => $"({Channel} challenge)";
}

/// <param name="From">The address that hears the verdict; null if it is gone.</param>
public sealed record GivenAnswer(ChannelKind Channel, Guid Id, string Name, string Answer, AddressId? From)
{
    public override string ToString() => $"(answer to a {Channel} challenge)";
}
