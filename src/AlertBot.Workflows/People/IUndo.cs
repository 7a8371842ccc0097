using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.People;

/// <summary>Undoes acts of a phone in other hands, as the audit log names them. Each room undoes its own acts.</summary>
public interface IUndo
{
    /// <summary>The acts, by their names in the audit log.</summary>
    IReadOnlyCollection<AuditAct> Acts { get; }

    /// <returns>False if it was undone before, or cannot be.</returns>
    Task<bool> RunAsync(Session session, AuditEntry act);
}
