using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>
/// Every act that ends, takes back or stops something, with what keeps one person from doing it for good: a second person, or an undo. The author of
/// a newly found act adds here which of the two applies, and which flow test shows it.
/// </summary>
public sealed partial class StandDownTests
{
    private const string Undone = "a day to undo, by whoever was told";

    private static readonly Dictionary<string, (string How, string Test)> Acts = new()
    {
        ["CheckIns/CheckInContacts.cs: Contacts.DeleteAsync"] = (
            "whoever named them hears it", "Contacts_leave_or_are_removed_and_there_are_only_so_many"),
        ["CheckIns/CheckInPress.cs: Contacts.DeleteAsync"] = (
            "a link that nobody used", "Contacts_leave_or_are_removed_and_there_are_only_so_many"),
        ["CheckIns/EndSilence.cs: Handling = Handling.Closed"] = (
            "what nobody but the silence told; who was told hears it",
            "What_others_tell_of_the_same_name_gathers_with_it_and_is_not_undone_by_the_answer"),
        ["CheckIns/KeepCheckIn.cs: CheckIns.DeleteAsync"] = (
            "the contacts hear it; after one more answer, or the word", "Ending_it_is_told_to_the_contacts_and_waits_for_one_more_answer"),
        ["CheckIns/KeepCheckIn.cs: Contacts.DeleteAsync"] = (
            "the contacts hear it; after one more answer, or the word", "A_longer_pause_a_contact_less_and_longer_waits_are_told_and_wait_too"),
        ["Importing/UndoImport.cs: Subscriptions.RemoveAsync"] = (
            "what an import added a moment ago and nobody used; all coordinators hear it",
            "Each_line_is_seen_before_it_is_written_and_all_of_it_is_taken_back_but_what_was_used"),
        ["Incidents/CloseIncident.cs: Handling = Handling.Closed"] = (
            "proposed by one, done by another; " + Undone, "Whoever_was_told_that_it_is_over_opens_it_again_and_all_is_as_it_was"),
        ["Incidents/CloseIncident.cs: Standing.Retracted"] = (
            "proposed by one, done by another; " + Undone, "An_advocate_who_says_that_it_is_a_false_alarm_asks_the_coordinators_and_it_goes_on"),
        ["Incidents/GatherReports.cs: Handling = Handling.Closed"] = (
            "what nobody has goes on in the other one, told there; one press parts them",
            "What_its_reporter_names_later_goes_on_in_the_other_one_and_one_press_parts_them"),
        ["Incidents/RetractIncident.cs: Handling = Handling.Closed"] = (Undone, "Two_that_were_joined_part_again_each_with_its_own_reports"),
        ["Incidents/RetractIncident.cs: Standing.Retracted"] = (
            Undone, "What_one_coordinator_took_back_as_untrue_is_true_again_by_one_press_of_whoever_was_told"),
        ["Incidents/MuteCommand.cs: Muted.AddAsync"] = (
            "all coordinators hear it, any of them ends it", "Whoever_is_muted_is_kept_counted_and_listed"),
        ["People/FreezePerson.cs: People.FreezeAsync"] = (
            "two an hour; any colleague ends it", "A_coordinator_takes_the_role_from_two_people_an_hour_and_owners_hear_of_it"),
        ["People/ChangeRole.cs: with { Role = to }"] = (
            "two an hour; for a day any colleague gives it back", "Whoever_leaves_reads_nothing_more_and_their_cases_go_to_another"),
        ["People/JoinAccounts.cs: Subscriptions.RemoveAsync"] = (
            "the other account of the same person goes on", "An_account_that_is_removed_is_a_strangers"),
        ["Subscribing/LinkGroup.cs: Subscriptions.RemoveAsync"] = ("linked again by any coordinator", "Groups_are_listed_and_unlinked_from_there"),
        ["Subscribing/Subscribe.cs: Subscriptions.RemoveAsync"] = ("one's own, or a wish that was refused", "Its_alerts_come_and_its_details_open"),
        ["Subscribing/WatchGroup.cs: Subscriptions.RemoveAsync"] = (
            "linked again by any coordinator", "One_press_ends_its_alerts_in_every_topic_and_only_a_coordinators"),
        ["Subscribing/UndoFollowing.cs: Subscriptions.RemoveAsync"] = (
            "what a suspended phone did", "Whoever_suspends_reads_what_the_phone_did_and_undoes_it"),
    };

    [Fact]
    public void Every_act_that_stands_people_down_is_known() => Assert.Equal(
        Acts.Keys.Order(StringComparer.Ordinal),
        SourceFile.Code("src/AlertBot.Workflows/").SelectMany(file => Act().Matches(file.Text).Select(
            match => file.Path["src/AlertBot.Workflows/".Length..] + ": " + match.Value.TrimEnd(',', '('))).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Each_of_them_has_its_test()
    {
        var tests = SourceFile.Code("tests/AlertBot.IntegrationTests/Flows/").Select(file => file.Text).ToList();

        Assert.All(
            Acts.Values, act => Assert.Contains(tests, text => text.Contains($"public async Task {act.Test}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex(
        @"\bHandling = Handling\.Closed|\bStanding\.Retracted(?=,| :)|\b(CheckIns|Contacts)\.DeleteAsync\(|\bSubscriptions\.RemoveAsync\("
        + @"|\bPeople\.FreezeAsync\(|\bMuted\.AddAsync\(|with \{ Role = to \}")]
    private static partial Regex Act();
}
