using AlertBot.Workflows.Incidents;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

public sealed class Nobody_takes_an_incident
{
    private const string Nobody = "NOBODY HAS THIS YET";

    [PostgresFact]
    public async Task First_who_is_on_duty_hears_of_it_then_all_who_follow_then_coordinators_then_all_again_until_somebody_does()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var onDuty = await night.AddFollowerAsync("Aliya");
        await night.JoinRotaAsync(onDuty);
        await night.ReportAsync();
        SandboxPhone[] all = [onDuty, night.Advocate, night.Coordinator];
        int[] Repeats() => all.Select(phone => night.CardsOf(phone).Count(card => card.Text.Contains(Nobody))).ToArray();

        await night.PassAsync(Duration.FromMinutes(2));
        Assert.Equal([0, 0, 0], Repeats());
        await night.PassAsync(Duration.FromMinutes(1));
        Assert.Equal([1, 0, 0], Repeats());
        await night.PassAsync(Duration.FromMinutes(3));
        Assert.Equal([2, 1, 0], Repeats());
        await night.PassAsync(Duration.FromMinutes(3));
        Assert.Equal([2, 1, 1], Repeats());
        // There is no other channel, so all are told again instead, and from then on every five minutes.
        await night.PassAsync(Duration.FromMinutes(3));
        Assert.Equal([3, 2, 2], Repeats());
        await night.PassAsync(Duration.FromMinutes(4));
        Assert.Equal([3, 2, 2], Repeats());
        await night.PassAsync(Duration.FromMinutes(1));
        Assert.Equal([4, 3, 3], Repeats());
        Assert.Contains("nobody has it for 17 minutes", night.CardsOf(night.Advocate)[^1].Text);
        Assert.Contains("Told now: everybody again", night.CardsOf(night.Advocate)[^1].Text);

        Assert.Equal("You have it now. Thank you.", await night.PressAsync(night.Advocate, "I'm on it"));
        Assert.Equal([0, 0, 0], Repeats());
        Assert.All(night.CardsOf(onDuty), card => Assert.Contains("Taken by", card.Text));
        var cards = night.CardsOf(onDuty).Count;
        await night.PassAsync(Duration.FromMinutes(50));
        Assert.Equal(cards, night.CardsOf(onDuty).Count);
    }

    [PostgresFact]
    public async Task After_an_outage_each_of_them_is_told_once_not_once_for_every_step()
    {
        await using var night = await IncidentNight.BeginAsync();

        await night.PassInOutageAsync(Duration.FromHours(9));

        Assert.Equal(2, night.CardsOf(night.Advocate).Count);
        Assert.Equal(2, night.CardsOf(night.Coordinator).Count);
        Assert.Contains("9 hours", night.CardsOf(night.Advocate)[^1].Text);
    }

    [PostgresFact]
    public async Task When_everybody_asked_so_far_cannot_the_next_are_told_at_once_and_in_the_end_all_are()
    {
        await using var night = await IncidentNight.BeginAsync();

        Assert.Equal("Noted. The next people are told now.", await night.PressAsync(night.Advocate, "Can't"));

        Assert.Contains(Nobody, night.CardsOf(night.Coordinator)[^1].Text);
        Assert.Contains("Can't: ", night.CardsOf(night.Coordinator)[^1].Text);
        var mine = Assert.Single(night.CardsOf(night.Advocate));
        Assert.Contains("You said that you can't", mine.Text);
        Assert.DoesNotContain(mine.AllButtons, button => button.Text == "Can't");
        // The repeats leave out nobody.
        await night.PassAsync(Duration.FromMinutes(10));
        Assert.Contains(Nobody, night.CardsOf(night.Advocate)[^1].Text);
        // People can change their minds.
        Assert.Equal("You have it now. Thank you.", await night.PressAsync(night.Advocate, "I'm on it"));
    }

    [PostgresFact]
    public async Task One_of_two_who_cannot_hurries_nobody()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await night.AddFollowerAsync("Aliya");
        await night.ReportAsync();

        Assert.Equal("Noted. Others are told.", await night.PressAsync(night.Advocate, "Can't"));

        Assert.Single(night.CardsOf(night.Coordinator));
        Assert.Equal(0, (await night.NowAsync()).Step);
    }

    [PostgresFact]
    public async Task Being_on_duty_opens_no_case_the_next_of_the_rota_stands_in()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var outsider = await night.Bot.AddAsync(Role.Advocate, "Outsider");
        await night.JoinRotaAsync(outsider, night.Advocate);
        await night.ReportAsync();

        await night.PassAsync(Duration.FromMinutes(30));

        Assert.Empty(night.CardsOf(outsider));
        Assert.DoesNotContain(outsider.Messages, message => message.Text.Contains("Testbay"));
        Assert.Contains(
            "Told now: on call", string.Join('\n', night.CardsOf(night.Advocate).Select(card => card.Text)) + TellOf(await EntriesAsync(night)));
    }

    [PostgresFact]
    public async Task An_incident_that_cannot_be_read_does_not_keep_the_others_waiting()
    {
        await using var night = await IncidentNight.BeginAsync();
        var damaged = night.Incident;
        await using var apart = new NpgsqlConnection(night.Bot.ConnectionString);
        await apart.ExecuteAsync("update incident set kind = 'nonsense', case_id = null where id = @Value", new { damaged.Id.Value });
        await night.ReportAsync();
        Assert.NotEqual(damaged.Id, night.Incident.Id);

        await night.PassAsync(Duration.FromMinutes(3));

        Assert.Equal(2, night.CardsOf(night.Advocate).Count);
        Assert.Contains(damaged.Id.Value.ToString(), night.Bot.Log.Text, StringComparison.Ordinal);
        // It is tried again in a minute, when somebody may have repaired it.
        await apart.ExecuteAsync("update incident set kind = 'arrested' where id = @Value", new { damaged.Id.Value });
        await night.PassAsync(Duration.FromMinutes(1));
        Assert.Contains(night.Coordinator.Messages, message => message.Text.Contains(damaged.Code.Text) && message.Text.Contains(Nobody));
    }

    [PostgresFact]
    public async Task A_flood_of_reports_of_strangers_wakes_coordinators_once_an_hour_not_once_for_each()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        string[] strangers = ["Zorvan Quell", "Brimo Testov", "Ulkan Nobody", "Perl Fictov", "Daba Madeup",
            "Xeno Invent", "Moro Falsk", "Tuva Fabel", "Wisk Oneiro", "Yarl Sagabek"];
        foreach (var stranger in strangers)
            await night.ReportAsync("they took " + stranger, stranger);
        var held = await night.Bot.ActAsync(async session =>
        {
            var count = 0;
            foreach (var one in await session.Incidents.OpenAsync())
                count += (await session.Incidents.CardsAsync(one.Id)).Count == 0 ? 1 : 0;
            return count;
        });
        // All are from one sender, who fills only their own allowance.
        Assert.Equal(strangers.Length - ReportFlood.OfOneSender, held);

        await night.PassAsync(Duration.FromMinutes(59));

        Assert.Single(night.Coordinator.Messages, message => message.Text.StartsWith("10 reports", StringComparison.Ordinal));
        Assert.Equal(
            ReportFlood.OfOneSender, night.Coordinator.Messages.Where(message => message.Text.Contains(Nobody))
            .Select(message => message.Text.Split(':')[0]).Distinct().Count());
    }

    [PostgresFact]
    public async Task Running_it_twice_tells_nothing_twice()
    {
        await using var night = await IncidentNight.BeginAsync();
        night.Bot.Clock.Advance(Duration.FromMinutes(3));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => night.WatchAsync()));
        await night.Bot.SettleAsync();

        Assert.Equal(2, night.CardsOf(night.Advocate).Count);
    }

    private static Task<IReadOnlyList<Postgres.Stores.IncidentEntry>> EntriesAsync(IncidentNight night) =>
        night.Bot.ActAsync(session => session.Incidents.EntriesAsync(night.Incident.Id));

    private static string TellOf(IReadOnlyList<Postgres.Stores.IncidentEntry> entries) =>
        entries.Any(entry => entry is { Act: IncidentAct.Told, Detail: "on_call" }) ? "Told now: on call" : "";
}
