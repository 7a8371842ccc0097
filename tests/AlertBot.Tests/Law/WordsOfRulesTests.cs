using AlertBot.Domain.Deadlines;
using AlertBot.Tests.Texts;

namespace AlertBot.Tests.Law;

/// <summary>
/// A reminder says who must do what. Within days there is no time to look it up, so the rules of so short a time say it in words of their own;
/// those of months may say it by their kind.
/// </summary>
public class WordsOfRulesTests
{
    private const string Own = "must.";
    private const int Short = 45;

    private static readonly HashSet<string> OfKinds = ["line", "alone", "by-kind"];

    [Fact]
    public void Words_of_their_own_are_of_rules_that_exist()
    {
        var rules = ShippedLaw.Book.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Catalogs.Shipped.TextsOf("en").Keys.Where(key => key.StartsWith(Own, StringComparison.Ordinal))
            .Select(key => key[Own.Length..]).Except(OfKinds).Except(rules));
    }

    [Fact]
    public void Every_rule_by_which_a_court_an_authority_or_a_lawyer_must_act_within_days_has_them() => Assert.Empty(
        ShippedLaw.Book.Rules.Where(rule => rule.Main.Length.RoughDays is > 0 and <= Short
                && rule.Main.Kind is not (DeadlineKind.ConfirmFact or DeadlineKind.SoftLimit or DeadlineKind.ResponsibilityShift)
                && !Catalogs.Shipped.Has("en", Own + rule.Id))
            .Select(rule => rule.Id));
}
