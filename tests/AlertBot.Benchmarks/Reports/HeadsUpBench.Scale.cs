using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Reports;

/// <content>What is stored.</content>
internal sealed partial class HeadsUpBench
{
    private Database Database => _server.Services.GetRequiredService<Database>();

    /// <summary>Rows and bytes by table, indexes included, once nothing is under way.</summary>
    public async Task<IReadOnlyDictionary<string, (long Rows, long Bytes)>> StoredAsync()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        while (await connection.ExecuteScalarAsync<bool>(
            """
            select exists (select from delivery where state in ('queued', 'sending', 'retry', 'maybe') and not_before <= now())
                or exists (select from incoming_message where state = 'waiting')
            """))
        {
            await Task.Delay(50);
        }

        // Versions of rows that are over are room that the next ones take.
        await connection.ExecuteAsync("vacuum analyze");
        var tables = await connection.QueryAsync<(string Name, long Bytes)>(
            """
            select c.relname, pg_total_relation_size(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where  n.nspname = 'public' and c.relkind = 'r' order by c.relname
            """);
        var stored = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        foreach (var (name, bytes) in tables)
            stored[name] = (await connection.ExecuteScalarAsync<long>($"select count(*) from public.\"{name}\""), bytes);
        return stored;
    }

    /// <summary>Waits until nothing is left to send.</summary>
    public async Task UntilSentAsync()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        while (await connection.ExecuteScalarAsync<bool>("select exists (select from delivery where state in ('queued', 'sending'))"))
            await Task.Delay(50);
    }

    /// <summary>Tells every advocate of one thing.</summary>
    public async Task RaiseToAllAsync(int number)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        var to = await session.Addresses.OpenWithRoleAsync(Role.Advocate);
        var draft = new AlertDraft(
            null, new AlertKind("manual"), Severity.Urgent, $"scale:{number}",
            new Line("alert.manual", ("code", "K-7F3Q"), ("text", "Please come to the court at once.")));
        await _server.Services.GetRequiredService<Alerts>().RaiseAsync(session, draft, to);
        await session.CommitAsync(CancellationToken.None);
    }
}
