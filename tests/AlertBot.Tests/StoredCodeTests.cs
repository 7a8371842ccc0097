using System.Reflection;
using System.Text.RegularExpressions;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Tests.Texts;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Tests;

/// <summary>
/// The codes in the database. The compiler knows them as types. These tests check that SQL and older rows still mean the same, so that a renaming
/// cannot compile and silently end an alert.
/// </summary>
public sealed partial class StoredCodeTests
{
    /// <summary>The allowed values of a column. A literal of any other column fails too: make it a parameter, or list it here.</summary>
    private static readonly Dictionary<string, HashSet<string>> Columns = new(StringComparer.Ordinal)
    {
        ["state"] =
        [
            .. CodesOf<DeliveryState>(), .. CodesOf<ImportState>(), .. CodesOf<ReportState>(), .. CodesOf<SignInState>(),
            // States of the inbox and of files, which their tables check.
            "waiting", "handled", "failed", "kept", "lost",
        ],
        ["handling"] = [.. CodesOf<Handling>()],
        ["role"] = [.. CodesOf<Role>()],
        ["status"] = [.. CodesOf<CaseStatus>()],
        // A reason in an operator's words; two of them are asked for again, by the one store that writes them.
        ["dark_why"] = ["stopped", "key_changed"],
        ["outcome"] = ["unreadable", "held_back", "goes_alone", .. CodesOf<Outcome>()],
        // What became of a call to a webhook, which its table checks.
        ["ended"] = ["taken", "lost"],
        ["heard"] = [.. CodesOf<ReportStage>()],
        ["digest"] = [.. CodesOf<DigestInterval>()],
        ["telling"] = [.. CodesOf<Telling>()],
        // The gate of the outbox knows two acts and one kind.
        ["act"] = [AuditAct.CaseUnlinked.Code, AuditAct.CaseUnfollowed.Code],
        ["kind"] = [AlertKind.IncidentCorrection.Code],
    };

    [Fact]
    public void Sql_has_no_literal_but_of_a_state_that_exists() => Assert.Empty(
        SourceFile.Code("src/AlertBot.Postgres/Stores/").SelectMany(file => Compared().Matches(file.Text).SelectMany(match =>
            Literal().Matches(match.Groups["values"].Value).Select(literal => literal.Groups["code"].Value)
                .Where(code => !Columns.GetValueOrDefault(match.Groups["column"].Value, []).Contains(code))
                .Select(code => $"{file.Path}: {match.Groups["column"].Value} '{code}'"))));

    /// <summary>An old row keeps its code, so a change of a code here needs a migration of those rows.</summary>
    [Fact]
    public void Codes_that_rows_may_hold_are_still_understood()
    {
        string[] kinds =
        [
            "account_joined", "address_dark", "deadline_moved", "deadline_overdue", "deadline_question", "deadline_reminder", "event_recorded",
            "group_grown", "incident_again", "incident_alert", "incident_correction", "incident_heads_up", "incident_still", "incident_triage",
            "invite_accepted", "key_changed", "law_changed", "oncall", "oncall_nobody", "person_frozen", "person_unfrozen", "report_flood",
            "reports_waiting", "undelivered", "updates_set_aside",
        ];
        string[] acts =
        [
            "added", "also", "answer", "asked", "attached", "cannot", "check_in_ended", "closed", "corrected", "duplicate", "false_alarm",
            "handed_on", "lawyer", "merged", "note", "opened_again", "perhaps", "question", "recorded", "reported", "said_well", "still",
            "taken", "told", "told_at_limit", "told_corroborated", "told_verified", "verified", "withdrawn",
        ];

        Assert.Empty(kinds.Except(KnownOf<AlertKind>().Select(kind => kind.Code)));
        Assert.Empty(acts.Except(CodesOf<IncidentAct>()));
        Assert.Empty(new[] { "confirm", "date", "locate", "no-date", "watch" }.Except(KnownOf<OwnRule>().Select(rule => rule.Id)));
    }

    [Fact]
    public void A_code_stands_for_one_thing()
    {
        Assert.Distinct(KnownOf<AlertKind>().Select(kind => kind.Code));
        Assert.Distinct(KnownOf<OwnRule>().Select(rule => rule.Id));
        Assert.Distinct(Source().SelectMany(file => AuditCode().Matches(file.Text)).Select(match => match.Groups["code"].Value));
    }

    [Fact]
    public void A_kind_of_alert_is_spelled_out_in_one_place() => Assert.Empty(
        Source().Where(file => !file.Path.EndsWith("/AlertKind.cs", StringComparison.Ordinal))
            .SelectMany(file => KnownOf<AlertKind>().Where(kind => kind.Code.StartsWith("incident_", StringComparison.Ordinal)
                || kind.Code.StartsWith("deadline_", StringComparison.Ordinal) || kind.Code.StartsWith("report", StringComparison.Ordinal))
                .Where(kind => file.Text.Contains($"\"{kind}\"", StringComparison.Ordinal)).Select(kind => $"{file.Path}: {kind}")));

    /// <summary>Suggestions have their own place on the card; the history shows everything else in words.</summary>
    [Fact]
    public void Whatever_is_done_about_an_incident_has_its_words() => Assert.Empty(
        CodesOf<IncidentAct>().Except(["also"]).Select(act => "ack.act." + act).Except(Catalogs.Shipped.TextsOf("en").Keys));

    [Fact]
    public void A_scenario_expects_alerts_of_kinds_that_exist() => Assert.Empty(
        SourceFile.All.Where(file => file.Path.StartsWith("config/scenarios/", StringComparison.Ordinal))
            .SelectMany(file => ExpectedKind().Matches(file.Text).Select(match => match.Groups["code"].Value)
                .Where(code => KnownOf<AlertKind>().All(kind => kind.Code != code)).Select(code => $"{file.Path}: {code}")));

    private static IEnumerable<SourceFile> Source() =>
        SourceFile.Code("src/").Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal));

    private static IEnumerable<string> CodesOf<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(Words.Snake);

    private static List<T> KnownOf<T>() =>
        typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(T))
            .Select(field => (T)field.GetValue(null)!).ToList();

    [GeneratedRegex(@"\b(?<column>\w+)\s+(?:=|<>|like|in|not in)\s+(?<values>'[^']*'|\((?:'[^']*'(?:,\s*)?)+)")]
    private static partial Regex Compared();

    [GeneratedRegex("'(?<code>[^']*)'")]
    private static partial Regex Literal();

    [GeneratedRegex("""AuditAct(?: \w+ = new)?\("(?<code>[^"]+)"\)""")]
    private static partial Regex AuditCode();

    [GeneratedRegex(@"\{(?! at:)[^}\n]*\b(?:alert|never):\s*(?<code>[a-z_]+)")]
    private static partial Regex ExpectedKind();
}
