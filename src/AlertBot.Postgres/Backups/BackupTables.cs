namespace AlertBot.Postgres.Backups;

/// <summary>Tables whose rows no backup holds.</summary>
internal static class BackupTables
{
    /// <summary>What must be possible to forget for good. Of these there is one copy beside the backups, which is overwritten.</summary>
    public static IReadOnlyList<string> Erasable { get; } = ["report_key", "reporter_address", "reporter_answer"];

    /// <summary>
    /// What passes within minutes or a day, and carries words: talks, choices, what came in, sessions at the desk; and what must not be
    /// done again by whoever restores.
    /// </summary>
    public static IReadOnlyList<string> Passing { get; } =
        [
            "conversation", "offer", "incoming_message", "sign_in_link", "console_session", "key_holder", "forgetting", "wipe", "import_file",
            "api_answer",
        ];

    public static bool IsLeftOut(string table) => Erasable.Contains(table) || Passing.Contains(table);
}
