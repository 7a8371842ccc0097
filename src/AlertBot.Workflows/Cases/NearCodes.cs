using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>A code with one sign wrong: the case that was meant, one press away, among those that whoever asks may see anyway.</summary>
internal static class NearCodes
{
    private const int Shortest = 3;
    private const int Longest = 7;

    // Where many are as near, none is more likely than the others.
    private const int Most = 3;

    public static async Task<IReadOnlyList<CaseCode>> OfAsync(Talk talk, string typed)
    {
        var signs = CaseCode.SignsOf(typed);
        if (signs.Length is < Shortest or > Longest || talk.Person is null)
            return [];

        var near = (await talk.Session.Cases.CodesAsync(await CaseAccess.AllAsync(talk.Session)))
            .Where(code => Nearest.Distance(signs, CaseCode.SignsOf(code.Text)) <= 1).Take(Most + 1).ToList();
        return near.Count <= Most ? near : [];
    }

    /// <summary>Says that there is no such case, and offers what was meant.</summary>
    /// <param name="command">What a press does with the right code.</param>
    /// <param name="behind">What followed the code.</param>
    public static async Task ReplyAsync(Talk talk, string typed, string command, string behind = "")
    {
        var near = await OfAsync(talk, typed);
        if (near.Count == 0)
        {
            talk.Reply("case.not-found", ("code", typed));
            return;
        }

        talk.Reply(
            Said(typed, near).In(talk.Language, talk.Texts),
            [near.Select(code => new Choice(code.Text, Router.TypedBy($"{command} {code.Text}", behind))).ToList()]);
    }

    public static Line Said(string typed, IReadOnlyList<CaseCode> near) =>
        new("case.near", ("code", typed), ("near", string.Join(" / ", near.Select(code => code.Text))));
}
