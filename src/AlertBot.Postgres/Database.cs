using AlertBot.Domain.People;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Vaults;
using NodaTime;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>The database with its vault. Whatever is read or written goes through a <see cref="Session"/>.</summary>
public sealed class Database
{
    private readonly IClock _clock;

    private readonly SentJournal? _journal;

    /// <param name="journal">Where it is written down what was sent; null: nowhere, as for a replay.</param>
    public Database(NpgsqlDataSource source, Vault vault, IClock clock, SentJournal? journal = null)
    {
        DapperTypes.Register();
        (Source, Vault, _clock, _journal) = (source, vault, clock, journal);
    }

    public NpgsqlDataSource Source { get; }

    public Vault Vault { get; }

    /// <summary>The same database under another clock: that of a replay.</summary>
    public Database Under(IClock clock) => new(Source, Vault, clock);

    /// <summary>Begins one act of this person or machine.</summary>
    public async Task<Session> BeginAsync(Actor actor, CancellationToken ct) => (await BeginAsync(ct)).As(actor);

    /// <summary>Begins one act: everything in it is written together, or not at all. Until it is said who acts, nobody does.</summary>
    public async Task<Session> BeginAsync(CancellationToken ct)
    {
        var connection = await Source.OpenConnectionAsync(ct);
        try
        {
            return new Session(connection, await connection.BeginTransactionAsync(ct), Vault, _clock.GetCurrentInstant(), ct, _journal);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
