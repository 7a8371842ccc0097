using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/next [DAYS]</c>: what is due in the next 30 days, and what waits for an answer. Codes only.</summary>
public sealed class NextCommand : IChatCommand
{
    private const int UsualDays = 30;
    private const int MostDays = 366;
    private const int MostLines = 100;

    public string Name => "next";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is null)
            return;

        var isGiven = int.TryParse(arguments, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= MostDays;
        var days = isGiven ? asked : UsualDays;
        var ids = await CaseAccess.AllAsync(talk.Session);
        var codes = (await talk.Session.Cases.LoadAsync(ids)).ToDictionary(file => file.Id, file => file.Code);
        var open = (await talk.Session.Deadlines.OpenUntilAsync(ids, talk.Now + Duration.FromDays(days))).ToLookup(
            pair => pair.Deadline.Deadline.Limit.Earliest.Instant <= talk.Now,
            pair => (Code: codes[pair.Case], pair.Deadline.Deadline));

        var parts = new List<RichText>();
        if (open[true].Any())
            parts.Add(List(talk, talk.Texts.Say(talk.Language, "next.passed"), open[true]));
        parts.Add(open[false].Any()
            ? List(talk, talk.Texts.Say(talk.Language, "next.title", ("days", days)), open[false])
            : talk.Texts.Say(talk.Language, "next.none", ("days", days)));
        talk.Reply(
            RichText.Join("\n\n", parts),
            CaseChoices.Of(open[true].Concat(open[false]).Select(one => one.Code).Distinct()));
    }

    private static RichText List(Talk talk, RichText title, IEnumerable<(CaseCode Code, Deadline Deadline)> due) => RichText.Join(
        "\n",
        due.Take(MostLines).Select(one => talk.Texts.Say(
            talk.Language, "next.line", ("day", one.Deadline.Limit.Earliest), ("code", one.Code.Text), ("kind", one.Deadline.Kind)))
        .Prepend(title));
}
