using AlertBot.Domain.Law;

namespace AlertBot.Tests.Law;

public sealed class ShippedRulesTests
{
    /// <summary>Every rule in the facts: id, length, counting, tier, how it was seen, confidence.</summary>
    public static readonly TheoryData<string, string, string, string, string, string> Facts = new()
    {
        { "KZ-DET-72H", "72 hours", "H", "A", "text", "high" },
        { "KZ-MOTION-12H", "12 cutoff_hours_before", "H", "A", "text", "high" },
        { "KZ-PROV-40D", "40 calendar_days", "CUST-D", "A", "text", "high" },
        { "KZ-PROV-NOTICE-10D", "10 cutoff_days_before", "CUST-D", "A", "text", "high" },
        { "KZ-EXTR-12M", "12 calendar_months", "CUST-M", "A", "secondary", "high" },
        { "KZ-EXTR-APPEAL-10D", "10 calendar_days", "PROC-D", "A", "text", "high" },
        { "KZ-EXTR-APPEAL-FWD-24H", "24 hours", "H", "A", "text", "high" },
        { "KZ-IJ-APPEAL-3D", "3 calendar_days", "PROC-D", "B", "memory", "low" },
        { "KZ-HANDOVER-30D", "30 calendar_days", "CUST-D", "C", "memory", "low" },
        { "KZ-PRETRIAL-2M", "2 calendar_months", "CUST-M", "B", "text", "medium" },
        { "KZ-REF-APPLY-5D", "5 calendar_days", "PROC-D", "A", "secondary", "high" },
        { "KZ-REF-APPLY-1D", "1 calendar_days", "PROC-D", "A", "secondary", "high" },
        { "KZ-REF-FPRINT-3D", "3 calendar_days", "PROC-D", "A", "secondary", "high" },
        { "KZ-REF-CERT-3M", "3 calendar_months", "DOC", "A", "secondary", "high" },
        { "KZ-REF-DECISION-3M", "3 calendar_months", "PROC-M", "A", "text", "high" },
        { "KZ-REF-STATUS-1Y", "12 calendar_months", "DOC", "B", "secondary", "medium" },
        { "KZ-ADM-COMPLAINT-3M", "3 calendar_months", "PROC-M", "A", "text", "high" },
        { "KZ-ADM-COMPLAINT-DECISION-20WD", "20 working_days", "PROC-WD", "C", "memory", "low" },
        { "KZ-ADM-COURT-1M", "1 calendar_months", "PROC-M", "B", "memory", "low" },
        { "KZ-CAO-DET", "3 hours", "H", "C", "memory", "low" },
        { "KZ-CAO-ARREST", "0 none", "CUST-D", "B", "memory", "low" },
        { "KZ-CAO-APPEAL-10D", "10 calendar_days", "PROC-D", "B", "memory", "low" },
        { "CIS-MINSK-40D", "40 calendar_days", "CUST-D", "A", "secondary", "high" },
        { "CIS-MINSK-INFO-1M", "1 calendar_months", "TREATY", "B", "memory", "medium" },
        { "CIS-MINSK-HANDOVER-15D", "15 calendar_days", "TREATY", "B", "memory", "medium" },
        { "CIS-CHISINAU-40D", "40 calendar_days", "TREATY", "C", "memory", "low" },
        { "COE-ECE-18D-40D", "18 calendar_days", "TREATY", "A", "text", "high" },
        { "UZ-DET-48H", "48 hours", "H", "A", "text", "high" },
        { "UZ-CHARGE-10D", "10 calendar_days", "CUST-D", "B", "text", "medium" },
        { "UZ-PRETRIAL-7M", "7 calendar_months", "CUST-M", "B", "secondary", "medium" },
        { "KG-REF-DECISION-6M", "6 calendar_months", "PROC-M", "B", "secondary", "medium" },
        { "KG-EXTR", "0 none", "CUST-M", "C", "memory", "low" },
        { "RU-EXTR-APPEAL-10D", "10 calendar_days", "RU-PROC", "A", "text", "high" },
        { "RU-EXTR-REVIEW-1M", "1 calendar_months", "RU-PROC", "A", "text", "high" },
        { "RU-CUSTODY-109", "2 calendar_months", "RU-CUST", "A", "text", "high" },
        { "RU-HANDOVER-15D", "15 calendar_days", "RU-CUST", "A", "text", "high" },
        { "TR-DEPORT-EVAL-48H", "48 hours", "H", "A", "text", "high" },
        { "TR-DEPORT-APPEAL-7D", "7 calendar_days", "TR-D", "A", "secondary", "high" },
        { "TR-ADMDET-6M", "6 calendar_months", "CUST-M", "A", "text", "high" },
        { "TR-PEACE-5D", "5 calendar_days", "TR-D", "A", "secondary", "high" },
        { "PL-ASY-DECISION-6M", "6 calendar_months", "PL", "A", "secondary", "high" },
        { "PL-ASY-APPEAL-14D", "14 calendar_days", "PL", "B", "secondary", "medium" },
        { "PL-ASY-DET-60D", "60 calendar_days", "CUST-D", "A", "secondary", "high" },
        { "PL-EXTR-PROV-40D", "40 calendar_days", "CUST-D", "A", "text", "high" },
        { "PL-EXTR-INFO-1M", "1 calendar_months", "PL", "A", "text", "high" },
        { "PL-EXTR-TAKEOVER-7D", "7 calendar_days", "PL", "A", "text", "high" },
        { "AT-ASY-APPEAL-4W", "4 weeks", "AT", "B", "secondary", "medium" },
        { "AT-ASY-APPEAL-2W", "2 weeks", "AT", "B", "text", "high" },
        { "AT-SUSP-1W", "1 weeks", "AT", "B", "memory", "medium" },
        { "AT-EXTR-12M", "12 calendar_months", "CUST-M", "A", "text", "high" },
        { "DE-ASY-SUIT-2W", "2 weeks", "DE", "B", "text", "medium" },
        { "DE-DUBLIN-1W", "1 weeks", "DE", "B", "text", "medium" },
        { "DE-EXTR-PROV-2M", "3 calendar_months", "CUST-M", "A", "text", "high" },
        { "DE-EXTR-REVIEW-2M", "2 calendar_months", "CUST-M", "A", "text", "high" },
        { "EU-D3-TC-REQUEST-3M", "3 calendar_months", "DUBLIN", "A", "text", "high" },
        { "EU-D3-TB-REQUEST-2M", "2 calendar_months", "DUBLIN", "B", "memory", "medium" },
        { "EU-D3-TC-REPLY-2M", "2 calendar_months", "DUBLIN", "A", "secondary", "high" },
        { "EU-D3-TB-REPLY-1M", "1 calendar_months", "DUBLIN", "B", "memory", "medium" },
        { "EU-D3-TRANSFER-6M", "6 calendar_months", "DUBLIN", "A", "text", "high" },
        { "EU-AMM-TC-REQUEST-2M", "2 calendar_months", "AMMR", "A", "text", "high" },
        { "EU-AMM-TC-REPLY-1M", "1 calendar_months", "AMMR", "A", "text", "high" },
        { "EU-AMM-TB-NOTICE-2W", "2 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-DECISION-2W", "2 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-APPEAL-1W", "1 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-TRANSFER-6M", "6 calendar_months", "AMMR", "A", "text", "high" },
        { "EU-APR-DECISION", "6 calendar_months", "EU-1182", "A", "text", "medium" },
        { "EU-APR-APPEAL", "5 calendar_days", "EU-1182", "A", "text", "high" },
        { "ECHR-4M", "4 calendar_months", "ECHR", "A", "secondary", "high" },
        { "ECHR-R39", "0 none", "NONE", "A", "secondary", "medium" },
        { "UN-HRC-5Y", "5 years", "PROC-M", "A", "text", "high" },
        { "UN-CAT-DELAY", "0 none", "NONE", "A", "secondary", "medium" },
        { "UN-INTERIM", "0 none", "NONE", "A", "secondary", "medium" },
        { "VCCR-36", "0 none", "NONE", "A", "text", "high" },

        // Since the review of November 2026.
        { "ECHR-R39-LAST-USEFUL", "1 working_days_before", "H", "A", "secondary", "medium" },
        { "ECHR-6M", "6 calendar_months", "ECHR", "A", "memory", "medium" },
        { "EU-D3-DET-REQUEST-1M", "1 calendar_months", "DUBLIN", "B", "memory", "medium" },
        { "EU-D3-DET-REPLY-2W", "2 weeks", "DUBLIN", "B", "memory", "medium" },
        { "EU-D3-DET-TRANSFER-6W", "6 weeks", "DUBLIN", "B", "memory", "medium" },
        { "EU-AMM-TC-REQUEST-HIT-1M", "1 calendar_months", "AMMR", "A", "text", "high" },
        { "EU-AMM-TB-CONFIRM-2W", "2 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-COURT-1M", "1 calendar_months", "AMMR", "A", "text", "high" },
        { "EU-AMM-DET-REQUEST-1W", "1 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-DET-REPLY-1W", "1 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-DET-TRANSFER-5W", "5 weeks", "AMMR", "A", "text", "high" },
        { "EU-AMM-ABSCOND-3Y", "3 years", "AMMR", "B", "memory", "medium" },
        { "EU-APR-REMAIN-5D", "5 calendar_days", "EU-1182", "A", "text", "high" },
        { "EU-APR-LODGE-21D", "21 calendar_days", "EU-1182", "B", "memory", "medium" },
        { "EU-APR-RETURN-7WD", "7 working_days", "EU-1182", "A", "text", "high" },
        { "KZ-DET-48H", "48 hours", "H", "A", "secondary", "high" },
        { "RU-EXTR-FILE-10D", "10 calendar_days", "RU-PROC", "A", "text", "high" },
        { "RU-CAO-APPEAL-10D", "10 calendar_days", "RU-PROC", "B", "memory", "low" },
        { "TR-DEPORT-COURT-15D", "15 calendar_days", "TR-D", "A", "secondary", "high" },
        { "TR-IP-IPEC-10D", "10 calendar_days", "TR-D", "A", "secondary", "high" },
        { "TR-IP-COURT-30D", "30 calendar_days", "TR-D", "B", "secondary", "medium" },
        { "TR-ASYDET-30D", "30 calendar_days", "CUST-D", "A", "secondary", "high" },
        { "TR-IP-DECISION-6M", "6 calendar_months", "TR-D", "B", "secondary", "medium" },
        { "UN-WGEID-3M", "3 calendar_months", "PROC-M", "B", "memory", "low" },
        { "UN-WGAD-60D", "60 calendar_days", "PROC-D", "B", "memory", "low" },
        { "UZ-SENTENCE-APPEAL", "0 none", "PROC-D", "B", "secondary", "low" },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void Every_rule_is_shipped_as_it_was_researched(string id, string length, string counting, string tier, string seen, string confidence)
    {
        var rule = ShippedLaw.Book.Find(id);

        Assert.NotNull(rule);
        Assert.Equal(length, $"{rule.Main.Length.Value} {LengthCodes.CodeOf(rule.Main.Length.Unit)}");
        Assert.Equal(counting, CountingCodes.CodeOf(rule.Main.Counting));
        Assert.Equal(tier, rule.Tier.ToString());
        Assert.Equal(seen, rule.Seen);
        Assert.Equal(confidence, rule.Confidence);
        Assert.NotEmpty(rule.Citation);
    }

    [Fact]
    public void No_rule_is_shipped_that_was_not_researched_and_nothing_is_wrong_in_the_files()
    {
        Assert.Empty(ShippedLaw.Folder.Problems);
        Assert.Equal(99, Facts.Count);
        Assert.Equal(99, ShippedLaw.Book.Rules.Count);
    }

    [Fact]
    public void What_is_on_what_carries_a_banner_and_what_is_off() =>
        Assert.Equal(
            [(Tier.A, 64), (Tier.B, 30), (Tier.C, 5)],
            ShippedLaw.Book.Rules.GroupBy(rule => rule.Tier).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
}
