using AlertBot.Domain.People;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Vaults;
using NodaTime;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>The database with its vault. All reading and writing goes through a <see cref="Session"/>.</summary>
public sealed class Database
{
    private readonly IClock _clock;

    private readonly SentJournal? _journal;

    private readonly NpgsqlDataSource _quick;

    /// <param name="journal">The journal of sent messages; null: none, as for a replay.</param>
    /// <param name="quick">Connections of <see cref="DatabaseSource.Quick"/>; null: there are none of their own.</param>
    public Database(NpgsqlDataSource source, Vault vault, IClock clock, SentJournal? journal = null, NpgsqlDataSource? quick = null)
    {
        DapperTypes.Register();
        (Source, Vault, _clock, _journal, _quick) = (source, vault, clock, journal, quick ?? source);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Those who wait for work in this process: an act wakes them itself. Null: the server wakes them.</summary>
    public Wakeups? Here { get; set; }

    public Vault Vault { get; }

    /// <summary>The same database with another clock, such as a replay's.</summary>
    public Database Under(IClock clock) => new(Source, Vault, clock, quick: _quick);

    /// <summary>Begins one act of this person or machine.</summary>
    public async Task<Session> BeginAsync(Actor actor, CancellationToken ct) => (await BeginAsync(ct)).As(actor);

    /// <summary>Begins one act: all its writes are committed together, or none. Nobody acts until <see cref="Session.As"/> says who.</summary>
    public Task<Session> BeginAsync(CancellationToken ct) => BeginAsync(Source, ct);

    /// <summary>
    /// The same for a message that comes in or goes out, on a few connections that do nothing else. Such an act must not begin another of them: each
    /// could wait for a connection that another one holds.
    /// </summary>
    public Task<Session> BeginQuickAsync(CancellationToken ct) => BeginAsync(_quick, ct);

    /// <summary>Closes the connections that nobody uses, and all others once they are free.</summary>
    public void ClearConnections()
    {
        Source.Clear();
        _quick.Clear();
    }

    private async Task<Session> BeginAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            return new Session(connection, await connection.BeginTransactionAsync(ct), Vault, _clock, ct, _journal, Here);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
