using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Importing;

/// <summary>Takes back a file that a phone in other hands brought in.</summary>
public sealed class UndoImportOfPhone(StartImport start) : IUndo
{
    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.ImportBegun];

    public async Task<bool> RunAsync(Session session, AuditEntry act) =>
        act.Subject is { } id && await start.UndoAsync(session, new ImportId(id));
}
