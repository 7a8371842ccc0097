using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Overdue;
using AlertBot.Workflows.Reports;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The clock was ahead and went back: nobody waits for the time that it had shown.</summary>
public sealed class The_clock_was_ahead
{
    public static TheoryData<int> Hours => [1, 24];

    [PostgresTheory]
    [MemberData(nameof(Hours))]
    public async Task An_incident_of_that_time_goes_on_and_is_told_in_full_as_ever(int hours)
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await AheadAsync(night.Bot, hours);
        await night.ReportAsync();
        var told = night.CardsOf(night.Advocate).Count;

        await BackAsync(night.Bot, hours);
        await night.PassAsync(Duration.FromMinutes(6));
        Assert.True(night.CardsOf(night.Advocate).Count > told);

        night.Bot.Clock.Advance(Duration.FromMinutes(25));
        await night.Bot.Get<IncidentVerifyJob>().RunAsync(CancellationToken.None);
        Assert.True((await night.NowAsync()).IsToldFully);
    }

    [PostgresTheory]
    [MemberData(nameof(Hours))]
    public async Task Whoever_took_one_is_asked_in_the_usual_time_whether_they_are_still_on_it(int hours)
    {
        await using var night = await IncidentNight.BeginAsync();
        await AheadAsync(night.Bot, hours);
        await night.PressAsync(night.Advocate, "I'm on it");
        Assert.Equal(Handling.Taken, (await night.NowAsync()).Handling);

        await BackAsync(night.Bot, hours);
        night.Bot.Clock.Advance(Duration.FromMinutes(61));
        await night.WatchAsync();

        Assert.NotNull((await night.NowAsync()).AskedAt);
    }

    [PostgresTheory]
    [MemberData(nameof(Hours))]
    public async Task A_witness_who_fell_silent_then_is_told_of_and_a_check_in_is_asked_in_its_own_time(int hours)
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.AddAsync(Role.Coordinator, "Marta");
        var (person, witness) = (await Somebody_checks_in.OptedInAsync(bot), await bot.AddAsync(Role.Reporter, "Witness"));
        await AheadAsync(bot, hours);
        await Somebody_checks_in.RunAsync(bot);
        await bot.SettleAsync();
        if (hours > 6)
        {
            // They were asked in the time that the clock had shown, and answered.
            await RunningBot.PressAsync(person, await person.WaitForTextAsync("Are you well"), "I am well");
        }

        var report = await bot.ActAsync(async session => await session.Reports.BeginAsync(
            (await session.Addresses.FindAsync(witness.Address))!.Id, "en", new ReportContent { Words = ["they took him"] }));

        await BackAsync(bot, hours);
        Assert.True((await Somebody_checks_in.OfAsync(bot, person)).LookAt <= bot.Clock.Now + Duration.FromHours(6));
        bot.Clock.Advance(Duration.FromMinutes(11));
        await bot.Get<SilentDrafts>().RunAsync(CancellationToken.None);
        Assert.Equal(ReportState.Sent, (await bot.ActAsync(session => session.Reports.FindAsync(report)))!.State);
        bot.Clock.Advance(Duration.FromHours(6));
        await Somebody_checks_in.RunAsync(bot);
        Assert.Equal(CheckInStep.Asked, (await Somebody_checks_in.OfAsync(bot, person)).Step);
    }

    [PostgresFact]
    public async Task What_waits_its_usual_time_is_left_alone()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Advocate, "I'm on it");
        var before = await night.NowAsync();
        await AheadAsync(night.Bot, 24);
        night.Bot.Clock.Advance(-Duration.FromHours(24));

        await night.Bot.Get<OverdueAuditor>().RunAsync(CancellationToken.None);

        Assert.Equal(before, await night.NowAsync());
    }

    /// <summary>A column for which somebody waits is new, and nobody has thought of a clock that goes back.</summary>
    [PostgresFact]
    public async Task Every_time_that_something_waits_for_is_brought_back_or_is_named_here()
    {
        string[] broughtBack =
        [
            "incident.look_at", "incident.full_at", "page.look_at", "same_question.due_at", "check_in.look_at", "deadline.look_at", "report.look_at",
            "report_file.look_at", "rhythm.digest_at", "rhythm.digest_since",
            "channel_challenge.try_at", "channel_challenge.hold_until", "key_change.try_at",
            "webhook_call.next_at", "drill.due_at", "address.forget_at",
            // By whoever sends, see ClockTests; a lease ends with the sender.
            "delivery.not_before", "delivery.lease_until",
        ];
        string[] needNot =
        [
            // Nobody waits for it: something that ends later than it should.
            "account_joining.expires_at", "api_token.expires_at", "check_in_contact.expires_at", "console_session.expires_at", "delivery.expires_at",
            "form_key.expires_at", "invite.expires_at", "sign_in_link.expires_at",
            // A person chose it.
            "deadline.snoozed_until",
            // What it says of the past, or by the law.
            "incident.held_at", "restored.known_until",
        ];
        await using var bot = await RunningBot.StartAsync();
        await using var connection = new NpgsqlConnection(bot.ConnectionString);

        var all = await connection.QueryAsync<string>(
            """
            select table_name || '.' || column_name from information_schema.columns
            where  table_schema = 'public' and data_type = 'timestamp with time zone'
            and    column_name ~ '(look|due|try|next|digest|full|forget|hold|held|expires|until|before)(_|$)'
            """);

        Assert.Empty(all.Except(broughtBack).Except(needNot));
        Assert.Empty(broughtBack.Except(all));
    }

    private static async Task AheadAsync(RunningBot bot, int hours)
    {
        bot.Clock.Advance(Duration.FromHours(hours));
        // Every job writes when it ran.
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        await connection.ExecuteAsync(
            "insert into job_run (name, last_succeeded) values ('reported-arrests', @at)", new { at = bot.Clock.Now.ToDateTimeUtc() });
    }

    private static async Task BackAsync(RunningBot bot, int hours)
    {
        await bot.SettleAsync();
        bot.Clock.Advance(-Duration.FromHours(hours));
        await bot.Get<OverdueAuditor>().RunAsync(CancellationToken.None);
        Assert.Contains("The clock went back by", bot.Log.Text, StringComparison.Ordinal);
    }
}
