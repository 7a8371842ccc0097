namespace AlertBot.Postgres.Vaults;

/// <summary>A column with sealed values.</summary>
/// <param name="Row">The column with the id to which each value is bound.</param>
internal sealed record SealedColumn(string Table, string Name, string Row = "id")
{
    /// <summary>What a value is bound to besides its row.</summary>
    public string Context { get; init; } = $"{Table}.{Name}";
}

/// <summary>
/// The columns with sealed values. A test compares this list with the database: every column of bytes is in it, or holds keyed hashes, or is sealed
/// with a key from a column in it.
/// </summary>
internal static class SealedColumns
{
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new("vault_canary", "sealed"),
        new("address", "value"),
        new("address", "title"),
        new("case_name", "name"),
        new("case_event", "detail"),
        new("report_key", "key", "report_id") { Context = "report.key" },
        new("reporter_address", "value", "address_id") { Context = "address.value" },
        new("reporter_answer", "detail", "detail_row") { Context = "incident_entry.detail" },
        new("report_file", "handle"),
        new("incident_entry", "detail", "detail_row"),
        new("alert", "facts"),
        new("delivery", "body"),
        new("untold_alert", "body", "alert_id"),
        new("digest_item", "body"),
        new("incoming_message", "body"),
        new("conversation", "state", "address_id"),
        new("offer", "choices"),
        new("check_in", "called"),
        new("check_in", "wish"),
        new("check_in", "schedule_sealed"),
        new("rhythm", "quiet_sealed", "person_id"),
        new("oncall_absence", "span"),
        new("person", "zone_sealed"),
        new("person", "called"),
        new("invite", "called"),
        new("key_change", "number"),
        new("channel_challenge", "challenge"),
        new("channel_challenge", "answer"),
        new("sign_in_link", "browser"),
        new("console_session", "browser"),
        new("form_key", "element"),
        new("import", "choices"),
        new("import", "problem"),
        new("import", "notice"),
        new("import_file", "content", "import_id"),
        new("import_line", "said"),
        new("api_token", "name"),
        new("api_answer", "body"),
        new("page", "content"),
        new("webhook", "url"),
        new("webhook", "secret"),
    ];

    /// <summary>Columns of bytes with keyed hashes, or with values sealed with a report's own key.</summary>
    internal static IReadOnlyList<string> Others { get; } =
    [
        "vault_canary.lookup", "key_part.print", "sent_before.print", "audit.sign", "audit.link",
        "address.lookup", "address.chat", "invite.code_hash", "account_joining.code_hash", "calendar_feed.secret_hash",
        "check_in_contact.code_hash", "sign_in_link.token_hash", "sign_in_link.browser_hash", "console_session.secret_hash",
        "incoming_message.sender", "incoming_message.album", "report.receipt", "report.print", "report_file.print",
        "report.body", "report_file.body", "check_in.word", "check_in.duress", "muted.sender", "import.print",
        "api_token.secret_hash", "api_answer.key_hash", "api_answer.asked_hash", "page.source_hash", "page_alert.source_hash",
        "page_alert.fingerprint", "damaged_row.lookup",
    ];
}
