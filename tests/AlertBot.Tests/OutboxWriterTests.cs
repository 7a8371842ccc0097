using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>
/// All messages pass one gate. This lists every sender of messages; the author of a new one reads the list first, and says why each recipient may be
/// told.
/// </summary>
public sealed partial class OutboxWriterTests
{
    private const string Gate = "OutboxGate.MayBeTold";

    // Who writes to the outbox, and to whom. Messages about a case or an incident need a role by their alert; the others state their reason.
    private static readonly Dictionary<string, string> Writers = new()
    {
        ["Alerting/AlertCards.cs"] = "whoever was told an alert that is over",
        ["Alerting/Alerts.cs"] = "every alert",
        ["Alerting/DigestJob.cs"] = "a person's summary",
        ["Alerting/SendElsewhere.cs"] = "the same alert on the same person's other account",
        ["Alerting/UntoldAlerts.cs"] = "the first coordinators who can be told what nobody could be",
        ["Alerting/WithdrawMessages.cs"] = "a chat from which all is taken back",
        ["Cases/AnswerPress.cs"] = "whoever was asked what has an answer now",
        ["Chat/InboxWorker.cs"] = "answers to whoever speaks to us",
        ["CheckIns/CheckInMessages.cs"] = "a person at risk, and their contacts",
        ["Incidents/AskReporter.cs"] = "the reporter who is asked, and whoever asked",
        ["Incidents/FollowAndTake.cs"] = "an advocate who pressed in a group that follows the case, in private; no name in it",
        ["Incidents/IncidentAlerts.cs"] = "cards that are changed in place",
        ["Incidents/IncidentPress.cs"] = "whoever pressed in a group, in private",
        ["Incidents/ShowFiles.cs"] = "whoever asked to see a file and handles it",
        ["Messengers/ChannelErrands.cs"] = "whoever solved a captcha",
        ["Messengers/TrustedKey.cs"] = "somebody whose new key was checked",
        ["Operations/SendAgain.cs"] = "whoever an alert did not reach, at an owner's word",
        ["Overdue/ProbeChannel.cs"] = "the chat that nobody reads",
        ["People/Handshake.cs"] = "somebody who is to answer first",
        ["People/JoinAccounts.cs"] = "a person whose accounts are joined or parted",
        ["Reports/HearBack.cs"] = "the reporter, of what became of their report",
        ["Reports/SilentDrafts.cs"] = "a reporter who fell silent",
        ["SignIn/OpenSignInLink.cs"] = "whoever signs in to the desk",
        ["Subscribing/WatchGroup.cs"] = "coordinators whose group grows",
    };

    [Fact]
    public void Every_writer_of_the_outbox_is_known() => Assert.Equal(
        Writers.Keys.Order(StringComparer.Ordinal),
        SourceFile.Code("src/").Where(file => file.InCode(Write()).Any())
            .Select(file => file.Path.Replace("src/AlertBot.Workflows/", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_row_gets_into_the_outbox_in_one_place_and_past_the_gate()
    {
        var inserts = SourceFile.Code("src/").Where(file => file.Text.Contains("insert into delivery", StringComparison.Ordinal)).ToList();

        var store = Assert.Single(inserts);
        Assert.EndsWith("Stores/OutboxStore.Adding.cs", store.Path, StringComparison.Ordinal);
        var insert = store.Text[store.Text.IndexOf("insert into delivery", StringComparison.Ordinal)..];
        Assert.True(insert.IndexOf(Gate, StringComparison.Ordinal) < insert.IndexOf("on conflict", StringComparison.Ordinal));
    }

    [Fact]
    public void What_leaves_the_outbox_passes_the_gate_again()
    {
        var store = SourceFile.Code("src/").Single(file => file.Path.EndsWith("Stores/OutboxStore.cs", StringComparison.Ordinal)).Text;

        var columns = store[store.IndexOf("string Columns", StringComparison.Ordinal)..store.IndexOf("Access _access;", StringComparison.Ordinal)];
        var take = store[store.IndexOf("TakeDueAsync", StringComparison.Ordinal)..store.IndexOf("ReleaseOrphansAsync", StringComparison.Ordinal)];
        var together = SourceFile.Code("src/").Single(file => file.Path.EndsWith("Stores/OutboxStore.Bundles.cs", StringComparison.Ordinal)).Text;

        Assert.Contains(Gate + "} as may", columns, StringComparison.Ordinal);
        Assert.Contains("{Columns}", take, StringComparison.Ordinal);
        Assert.Contains("HoldBackAsync", take, StringComparison.Ordinal);
        // What shares a message with another one passes too.
        Assert.Contains("{Columns}", together, StringComparison.Ordinal);
        Assert.Contains("rows.Where(row => row.May)", together, StringComparison.Ordinal);
    }

    // An answer passes where news does not, so only real answers may be called answers.
    [Fact]
    public void Only_an_answer_calls_itself_one() => Assert.Equal(
        ["src/AlertBot.Workflows/Chat/InboxWorker.cs"],
        SourceFile.Code("src/AlertBot.Workflows/").Where(file => file.InCode(Answer()).Any()).Select(file => file.Path));

    [GeneratedRegex(@"\bOutbox\.Add(?:Later)?Async\(")]
    private static partial Regex Write();

    [GeneratedRegex(@"\bTelling\.Answer\b")]
    private static partial Regex Answer();
}
