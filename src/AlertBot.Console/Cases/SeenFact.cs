using System.Security.Cryptography;
using System.Text;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Time;

namespace AlertBot.Desk.Cases;

/// <summary>
/// What somebody saw before they pressed "save": the fact as it stands, the fact as it will, the dates that move, and how many are told. If any of
/// it changed meanwhile, they look again.
/// </summary>
internal static class SeenFact
{
    /// <param name="pairs">Each event as it stands and as it will; one that is new stands nowhere.</param>
    public static string PrintOf(IEnumerable<(CaseEvent? Before, CaseEvent After)> pairs, IEnumerable<RichText> lines, int told)
    {
        var seen = new StringBuilder();
        foreach (var (before, after) in pairs)
            seen.Append(before is null ? "" : Facts(before) + Words(before.Detail)).Append('\n').Append(Facts(after)).Append('\n');
        foreach (var line in lines)
            seen.Append(line.Plain).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seen.Append(told).ToString())));
    }

    private static string Facts(CaseEvent one) => FormattableString.Invariant(
        $"{one.Kind.Code}|{Of(one.When)}|{one.Served}|{one.Known}|{Of(one.Sets)}|{one.Body}|{one.IsWithdrawn}|{one.Preferred}");

    // The words of a fact are not shown before it is saved; but what a colleague wrote meanwhile must not be overwritten unseen.
    private static string Words(EventDetail detail) => $"|{detail.Place}|{detail.Source}|{detail.Authority}|{detail.Note}";

    private static string Of(When? when) => when is null ? "" : FormattableString.Invariant(
        $"{when.Day}|{when.Time}|{when.Zone.Id}|{when.Precision}|{when.Until}");
}
