using System.Text;

namespace AlertBot.Postgres.Cluster;

/// <summary>
/// The server's configuration, rewritten at every start so that a moved directory or a newer program takes effect. An operator's own settings go into
/// <c>local.conf</c> beside it.
/// </summary>
internal static class ServerSettings
{
    public static string Text(ClusterPlace place, IReadOnlyDictionary<string, string> overrides)
    {
        var settings = new Dictionary<string, string>
        {
            // Only the directory's owner on this machine can reach the socket, and needs the password as well.
            ["listen_addresses"] = "",
            ["port"] = $"{ClusterPlace.Port}",
            ["unix_socket_directories"] = $"\"{place.Sockets}\"",
            ["unix_socket_permissions"] = "0700",
            ["password_encryption"] = "scram-sha-256",
            ["cluster_name"] = place.ClusterName,

            // Committed data survives any kill or power failure.
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["full_page_writes"] = "on",

            // Suits a small machine with other work to do.
            ["max_connections"] = "100",
            ["shared_buffers"] = "128MB",
            ["max_wal_size"] = "512MB",

            // Erased data must not survive in log files kept for reuse.
            ["wal_recycle"] = "off",
            ["random_page_cost"] = "1.1",
            ["idle_in_transaction_session_timeout"] = "5min",
            ["client_connection_check_interval"] = "10s",

            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["datestyle"] = "ISO, YMD",
            ["lc_messages"] = "C",
            ["default_text_search_config"] = "pg_catalog.simple",

            // One log file per weekday, overwritten a week later.
            ["logging_collector"] = "on",
            ["log_directory"] = place.Log,
            ["log_filename"] = "postgresql-%a.log",
            ["log_file_mode"] = "0600",
            ["log_truncate_on_rotation"] = "on",
            ["log_rotation_age"] = "1d",
            ["log_rotation_size"] = "0",
            ["log_line_prefix"] = "%m [%p] ",
            ["log_checkpoints"] = "off",

            // Nothing that people wrote may reach the log: no statements, no parameters, no values in error details.
            ["log_statement"] = "none",
            ["log_min_duration_statement"] = "-1",
            ["log_min_error_statement"] = "panic",
            ["log_parameter_max_length"] = "0",
            ["log_parameter_max_length_on_error"] = "0",
            ["log_error_verbosity"] = "terse",
            ["debug_print_parse"] = "off",
        };
        foreach (var (name, value) in overrides)
            settings[name] = value;

        var text = new StringBuilder("# Written by AlertBot at every start. Put your own settings into local.conf.\n");
        foreach (var (name, value) in settings)
            text.Append(name).Append(" = '")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)).Append("'\n");

        return text.Append("include_if_exists = 'local.conf'\n").ToString();
    }
}
