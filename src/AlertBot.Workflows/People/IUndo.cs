using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.People;

/// <summary>Undoes acts that the audit log names, each room those of its own: what a phone in other hands did.</summary>
public interface IUndo
{
    /// <summary>As the audit log calls them.</summary>
    IReadOnlyCollection<AuditAct> Acts { get; }

    /// <returns>False when it is undone already, or cannot be.</returns>
    Task<bool> RunAsync(Session session, AuditEntry act);
}
