using AlertBot.Domain.Law;
using AlertBot.Tests.Deadlines;
using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>One example by hand for each rule that the review of November 2026 added or changed; the citation is that of the rule.</summary>
public sealed class ReviewedRuleTests
{
    /// <summary>Rule, event, zone, earliest and latest end.</summary>
    public static readonly TheoryData<string, string, string, string, string> Examples = new()
    {
        // CPC art. 131: hours are elapsed time.
        { "KZ-DET-48H", "2026-03-02T10:00", "Asia/Almaty", "2026-03-04T10:00", "2026-03-04T10:00" },
        // Code of Administrative Offences: an expulsion has ten days. 2 March + 10 = Thursday 12 March.
        { "KZ-CAO-APPEAL-10D", "2026-03-02", "Asia/Almaty", "2026-03-12", "2026-03-12" },
        // CPC art. 151, the first of five steps.
        { "KZ-PRETRIAL-2M", "2026-01-31", "Asia/Almaty", "2026-03-30", "2026-03-31" },
        // Law on Refugees art. 10: the printed date wins; else the day before, or the same date.
        { "KZ-REF-CERT-3M", "2024-02-23", "Asia/Almaty", "2024-05-22", "2024-05-23" },
        { "KZ-REF-STATUS-1Y", "2024-02-29", "Asia/Almaty", "2025-02-27", "2025-02-28" },
        // ECHR art. 35(1) before Protocol 15: never moved; 12 December 2021 + 6 months is a Sunday.
        { "ECHR-6M", "2021-12-12", "Europe/Warsaw", "2022-06-12", "2022-06-12" },
        // LFIP arts. 80, 68, 78, 53: 1 June 2026 is a Monday; the feast of 27 to 30 May is over.
        { "TR-IP-IPEC-10D", "2026-06-01", "Europe/Istanbul", "2026-06-11", "2026-06-11" },
        { "TR-IP-COURT-30D", "2026-06-01", "Europe/Istanbul", "2026-06-16", "2026-07-01" },
        { "TR-ASYDET-30D", "2026-06-01", "Europe/Istanbul", "2026-06-30", "2026-07-01" },
        { "TR-IP-DECISION-6M", "2026-06-01", "Europe/Istanbul", "2026-12-01", "2026-12-01" },
        { "TR-DEPORT-COURT-15D", "2026-06-03", "Europe/Istanbul", "2026-06-18", "2026-06-18" },
        // CAO RF art. 30.3; CPC RF art. 463(3). 25 May + 10 = Thursday 4 June 2026.
        { "RU-CAO-APPEAL-10D", "2026-05-25", "Europe/Moscow", "2026-06-04", "2026-06-04" },
        { "RU-EXTR-FILE-10D", "2026-05-25", "Europe/Moscow", "2026-06-04", "2026-06-04" },
        // Polish, German appeals: one limit, two readings. 1 June 2026 is a Monday.
        { "PL-ASY-APPEAL-14D", "2026-06-01", "Europe/Warsaw", "2026-06-08", "2026-06-15" },
        { "DE-ASY-SUIT-2W", "2026-06-01", "Europe/Berlin", "2026-06-08", "2026-06-15" },
        // IRG s. 16(2): three months where a State outside Europe asked.
        { "DE-EXTR-PROV-2M", "2026-06-01", "Europe/Berlin", "2026-08-31", "2026-09-01" },
        // Reg. 604/2013 art. 28(3), never moved.
        { "EU-D3-DET-REQUEST-1M", "2026-01-10", "Europe/Vienna", "2026-02-10", "2026-02-10" },
        { "EU-D3-DET-REPLY-2W", "2026-01-10", "Europe/Vienna", "2026-01-24", "2026-01-24" },
        { "EU-D3-DET-TRANSFER-6W", "2026-01-10", "Europe/Vienna", "2026-02-21", "2026-02-21" },
        // Reg. 2024/1351: moved from weekends and holidays (art. 75(d)).
        { "EU-AMM-TC-REQUEST-2M", "2026-07-24", "Europe/Vienna", "2026-09-24", "2026-09-24" },
        { "EU-AMM-TC-REQUEST-HIT-1M", "2026-07-08", "Europe/Vienna", "2026-08-10", "2026-08-10" },
        { "EU-AMM-TC-REPLY-1M", "2026-07-08", "Europe/Vienna", "2026-08-10", "2026-08-10" },
        { "EU-AMM-TB-NOTICE-2W", "2026-10-12", "Europe/Vienna", "2026-10-27", "2026-10-27" },
        { "EU-AMM-TB-CONFIRM-2W", "2026-09-20", "Europe/Vienna", "2026-10-05", "2026-10-05" },
        { "EU-AMM-DECISION-2W", "2026-09-20", "Europe/Vienna", "2026-10-05", "2026-10-05" },
        { "EU-AMM-APPEAL-1W", "2026-10-19", "Europe/Vienna", "2026-10-27", "2026-11-09" },
        { "EU-AMM-COURT-1M", "2026-09-20", "Europe/Vienna", "2026-10-20", "2026-10-20" },
        { "EU-AMM-DET-REQUEST-1W", "2026-09-01", "Europe/Vienna", "2026-09-08", "2026-09-08" },
        { "EU-AMM-DET-REPLY-1W", "2026-09-05", "Europe/Vienna", "2026-09-14", "2026-09-14" },
        { "EU-AMM-DET-TRANSFER-5W", "2026-09-15", "Europe/Vienna", "2026-10-20", "2026-10-20" },
        { "EU-AMM-TRANSFER-6M", "2026-07-24", "Europe/Vienna", "2027-01-25", "2027-01-25" },
        { "EU-AMM-ABSCOND-3Y", "2026-07-24", "Europe/Vienna", "2029-07-24", "2029-07-24" },
        // Reg. 2024/1348 arts. 67(7), 68(5)(a), 41(1), 38(1)(e), 35, 73.
        { "EU-APR-APPEAL", "2026-07-06", "Europe/Warsaw", "2026-07-13", "2026-08-06" },
        { "EU-APR-REMAIN-5D", "2026-07-06", "Europe/Warsaw", "2026-07-13", "2026-07-13" },
        { "EU-APR-LODGE-21D", "2026-07-06", "Europe/Warsaw", "2026-07-27", "2026-07-27" },
        { "EU-APR-RETURN-7WD", "2026-07-06", "Europe/Warsaw", "2026-07-15", "2026-07-15" },
        { "EU-APR-DECISION", "2026-07-06", "Europe/Warsaw", "2027-01-07", "2027-01-07" },
        // Working groups in Geneva, by numbers from memory. 31 May 2026 is a Sunday.
        { "UN-WGEID-3M", "2026-03-02", "UTC", "2026-06-02", "2026-06-02" },
        { "UN-WGAD-60D", "2026-03-02", "UTC", "2026-05-01", "2026-05-01" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void By_hand_it_ends_there(string rule, string at, string zone, string earliest, string latest) =>
        Assert.Equal((earliest, latest), ShippedLaw.Ends(rule, ShippedLaw.At(at, zone)));

    [Theory]
    // Removal on Monday 4 May 2026 at 8: Friday is a holiday, so it must have come by Thursday 8:00, when the Registry opens.
    [InlineData("2026-05-04T08:00", "2026-04-29T16:00", "2026-04-30T08:00")]
    [InlineData("2026-05-06T10:30", "2026-05-05T10:30", "2026-05-05T10:30")]
    // Saturday night: the Registry was last open on Friday at 16.
    [InlineData("2026-06-13T23:00", "2026-06-11T16:00", "2026-06-11T16:00")]
    // Of a day without an hour the night before it is the first moment, its end the last.
    [InlineData("2026-05-06", "2026-05-04T16:00", "2026-05-05T16:00")]
    public void The_last_useful_moment_in_Strasbourg_is_one_working_day_of_the_Registry_before_the_removal(
        string removal, string earliest, string latest)
    {
        var limit = ShippedLaw.Limit("ECHR-R39-LAST-USEFUL", new Occasion(null) { Sets = ShippedLaw.At(removal, "Europe/Paris") });

        Assert.Equal((earliest, latest), ShippedLaw.Ends(limit));
    }

    [Fact]
    public void A_removal_with_a_date_is_counted_back_from_and_one_without_is_urgent_all_the_same()
    {
        var set = Case.In("AT", "ECHR").InZone("Europe/Vienna")
            .With("handover_date_set", "2026-04-20", but: @event => @event with { Sets = ShippedLaw.At("2026-05-04T08:00", "Europe/Vienna") });
        var undated = Case.In("AT", "ECHR").InZone("Europe/Vienna").With("handover_date_set", "2026-04-20");

        Assert.False(set.One("ECHR-R39", "2026-04-21").IsOpen);
        Assert.True(set.One("ECHR-R39-LAST-USEFUL", "2026-04-21").IsOpen);
        Assert.True(undated.One("ECHR-R39", "2026-04-21").IsOpen);
    }

    [Fact]
    public void An_expulsion_has_ten_days_and_no_three_months()
    {
        var expelled = Case.In("KZ").With("expulsion_order", "2026-03-02");

        Assert.Equal("2026-03-12", expelled.One("KZ-CAO-APPEAL-10D", "2026-03-03").Limit.Latest.LocalText);
        Assert.DoesNotContain(expelled.At("2026-03-03"), deadline => deadline.RuleId == "KZ-ADM-COMPLAINT-3M");
    }

    [Theory]
    [InlineData("KZ", "Asia/Almaty", "custody_ordered", "KZ-PRETRIAL-2M")]
    [InlineData("UZ", "Asia/Tashkent", "custody_ordered", "UZ-PRETRIAL-7M")]
    [InlineData("RU", "Europe/Moscow", "detention_start", "RU-CUSTODY-109")]
    public void Once_the_case_is_in_court_the_limits_of_the_investigation_say_nothing_more(string state, string zone, string taken, string rule)
    {
        var held = Case.In(state).InZone(zone).With(taken, "2024-01-10");

        Assert.Contains(held.At("2024-02-01"), deadline => deadline.RuleId == rule && deadline.IsOpen);
        Assert.DoesNotContain(held.With("case_sent_to_court", "2024-02-20").At("2026-06-01"), deadline => deadline.RuleId == rule && deadline.IsOpen);
    }

    [Theory]
    [InlineData("KZ-PROV-NOTICE-10D", Duty.Prison)]
    [InlineData("KZ-DET-72H", Duty.Court)]
    [InlineData("KZ-REF-FPRINT-3D", Duty.Person)]
    [InlineData("EU-AMM-TB-CONFIRM-2W", Duty.Authority)]
    [InlineData("ECHR-R39-LAST-USEFUL", Duty.Advocate)]
    public void Every_rule_says_who_must_act(string rule, Duty duty) => Assert.Equal(duty, ShippedLaw.Book.Find(rule)!.Main.Duty);

    [Fact]
    public void The_Dublin_Regulation_counts_for_applications_to_11_June_2026_and_the_new_one_from_12_June_on() =>
        Property.ForAll(
            random => (Applied: new LocalDate(2026, 1, 1).PlusDays(random.Next(365)), Step: random.Next(1, 200)),
            input =>
            {
                var step = input.Applied.PlusDays(input.Step);
                var rules = Case.In("AT", "EU").InZone("Europe/Vienna").With("asylum_application", Iso(input.Applied)).With("accepted", Iso(step))
                    .At(step.PlusDays(1).AtMidnight().InUtc().ToInstant())
                    .Where(deadline => deadline.IsOpen && deadline.RuleId.EndsWith("-TRANSFER-6M", StringComparison.Ordinal))
                    .Select(deadline => deadline.RuleId).ToList();
                var reform = new LocalDate(2026, 6, 12);

                // An older application with a later step: both are computed, and the one that ends earlier is warned on.
                Assert.Equal([input.Applied < reform ? "EU-D3-TRANSFER-6M" : "EU-AMM-TRANSFER-6M"], rules);
            },
            runs: 300);

    private static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
