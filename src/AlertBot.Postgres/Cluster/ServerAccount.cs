using System.Globalization;

namespace AlertBot.Postgres.Cluster;

/// <summary>
/// The user that runs the server and its tools. PostgreSQL refuses to run as root, so root switches to an unprivileged account with setpriv
/// (util-linux; no password, no PAM).
/// </summary>
internal sealed record ServerAccount(string Name, string? User, string? Group)
{
    /// <summary>The user of this process.</summary>
    public static ServerAccount Current { get; } = new(Environment.UserName, null, null);

    public bool IsOther => User is not null;

    /// <summary>The command line that runs <paramref name="command"/> as this account.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command) =>
        IsOther
            ? ["setpriv", $"--reuid={User}", $"--regid={Group}", "--clear-groups", "--no-new-privs", "--", .. command]
            : command;

    /// <summary>
    /// Chooses the user for this directory's server. Any user but root runs it as itself. Root takes the directory's owner, or the first existing one
    /// of alertbot, postgres and nobody.
    /// </summary>
    public static async Task<ServerAccount> ForAsync(string directory, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
            return Current;

        if (Directory.Exists(directory))
        {
            var owner = await ServerCommand.RunAsync(Current, ["stat", "-c", "%u %g %U", directory], ct: ct);
            if (owner.Succeeded && owner.Output.Trim().Split(' ') is [not "0" and var user, var group, var name])
                return new ServerAccount(name, user, group);
        }

        foreach (var name in new[] { "alertbot", "postgres", "nobody" })
        {
            if (await NumberAsync("-u", name, ct) is { } user && await NumberAsync("-g", name, ct) is { } group)
                return new ServerAccount(name, user, group);
        }

        throw new ClusterProblem(
            "PostgreSQL must not run as root, and there is no user it could run as. Create one: "
            + "useradd --system --home-dir /var/lib/alertbot alertbot");
    }

    private static async Task<string?> NumberAsync(string which, string name, CancellationToken ct)
    {
        var answer = await ServerCommand.RunAsync(Current, ["id", which, name], ct: ct);
        return answer.Succeeded && uint.TryParse(answer.Output.Trim(), CultureInfo.InvariantCulture, out var number) && number != 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
