using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.People;

/// <summary><c>/people</c>: lists the people in each role, by the names that co-workers know.</summary>
public sealed class PeopleCommand(IReadOnlyList<IChannel> channels) : IChatCommand
{
    public string Name => "people";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;

        var lines = new List<RichText> { talk.Texts.Say(talk.Language, "people.title") };
        foreach (var person in (await talk.Session.People.WithRoleAsync(Role.Advocate)).OrderByDescending(one => one.Role))
        {
            var addresses = await talk.Session.Addresses.OfAsync(person.Id);
            var cases = await talk.Session.Subscriptions.CasesOfAsync(person.Id);
            lines.Add(talk.Texts.Say(
                talk.Language, person.Id == talk.Person?.Id ? "people.line-you" : "people.line",
                ("role", person.Role), ("who", person.Shown), ("language", person.Language), ("state", StateOf(person, addresses)),
                ("cases", cases.Count)));
        }

        foreach (var channel in channels)
        {
            if (channel.Capabilities.NewPeople is { } budget)
                lines.Add(await BudgetAsync(talk, channel.Kind, budget));
        }

        talk.Reply(RichText.Join("\n", lines));
    }

    private static async Task<RichText> BudgetAsync(Talk talk, ChannelKind channel, NewPeopleBudget budget) => talk.Texts.Say(
        talk.Language, "people.budget", ("channel", channel.ToString()),
        ("used", await talk.Session.NewPeople.UsedAsync(channel, NewPeopleBudget.DayOf(talk.Now))),
        ("all", budget.PerDay), ("kept", budget.KeptForCritical), ("waiting", await talk.Session.NewPeople.WaitingAsync(channel, WaitReason.Budget)));

    internal static string StateOf(Person person, IReadOnlyList<Address> addresses) => person switch
    {
        { IsFrozen: true } => "frozen",
        _ when addresses.Any(address => address is { IsDark: false, IsUnconfirmed: false }) => "active",
        _ when addresses.Any(address => !address.IsDark) => "unconfirmed",
        _ when addresses.Any(address => address.DarkWhy == Refusal.Stopped) => "stopped",
        _ => "dark",
    };
}
