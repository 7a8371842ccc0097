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

    /// <param name="journal">The journal of sent messages; null: none, as for a replay.</param>
    public Database(NpgsqlDataSource source, Vault vault, IClock clock, SentJournal? journal = null)
    {
        DapperTypes.Register();
        (Source, Vault, _clock, _journal) = (source, vault, clock, journal);
    }

    public NpgsqlDataSource Source { get; }

    public Vault Vault { get; }

    /// <summary>The same database with another clock, such as a replay's.</summary>
    public Database Under(IClock clock) => new(Source, Vault, clock);

    /// <summary>Begins one act of this person or machine.</summary>
    public async Task<Session> BeginAsync(Actor actor, CancellationToken ct) => (await BeginAsync(ct)).As(actor);

    /// <summary>Begins one act: all its writes are committed together, or none. Nobody acts until <see cref="Session.As"/> says who.</summary>
    public async Task<Session> BeginAsync(CancellationToken ct)
    {
        var connection = await Source.OpenConnectionAsync(ct);
        try
        {
            return new Session(connection, await connection.BeginTransactionAsync(ct), Vault, _clock, ct, _journal);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
