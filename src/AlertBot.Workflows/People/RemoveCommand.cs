using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.People;

/// <summary>
/// <c>/remove [SIGN]</c>: lowers the role of a volunteer who leaves or does less. It first asks who takes over their cases, and shows everything
/// before doing it.
/// </summary>
public sealed class RemoveCommand(CommandMenus menus, IReadOnlyList<IChannel> channels, ChangeRole changeRole) : IChatCommand, IPress
{
    private const int Most = 60;
    private const int PerRow = 3;

    public string Name => "remove";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;

        var people = (await talk.Session.People.WithRoleAsync(Role.Advocate)).Where(one => one.Id != talk.Person?.Id).ToList();
        var meant = people.Where(person => PersonSign.Of(person.Id).Equals(arguments, StringComparison.OrdinalIgnoreCase)).ToList();
        if (arguments.Length == 0)
            talk.Reply(talk.Texts.Say(talk.Language, "remove.who"), Buttons(people, one => $"{Name}:who.{one.Id.Value:N}"));
        else if (meant.Count == 0)
            talk.Reply("freeze.not-found");
        foreach (var person in meant)
            await CardAsync(talk, person);
    }

    /// <summary><c>who.ID</c>, <c>to.ROLE.ID</c>, <c>heir.ID</c>, <c>back.ID</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split('.');
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is null || parts.Length < 2 || !Guid.TryParseExact(parts[^1], "N", out var id)
            || await talk.Session.People.FindAsync(new PersonId(id)) is not { } person)
        {
            talk.Notice("button.stale");
            return;
        }

        switch (parts)
        {
            case ["who", _]:
                await CardAsync(talk, person);
                break;
            case ["to", var word, _] when Enum.GetValues<Role>().Where(role => Words.Snake(role.ToString()) == word).ToList() is [var to]:
                await LowerAsync(talk, person, to, null);
                break;
            case ["back", _] when await changeRole.GiveBackAsync(talk.Session, person.Id):
                var again = (await talk.Session.People.FindAsync(person.Id))!;
                talk.EditPressed(talk.Texts.Say(talk.Language, "remove.undone", ("role", again.Role), ("sign", again.Shown)));
                await MenusAsync(talk, again);
                break;
            default:
                await HeirAsync(talk, parts, person);
                break;
        }
    }

    // heirs.ID asks for the successor; heir.SIGN.ID hands over to the person with that sign.
    private async Task HeirAsync(Talk talk, string[] parts, Person person)
    {
        var people = (await talk.Session.People.WithRoleAsync(Role.Advocate)).Where(one => one.Id != person.Id && !one.IsFrozen).ToList();
        switch (parts)
        {
            case ["heirs", _]:
                talk.Reply(
                    talk.Texts.Say(talk.Language, "remove.heir", ("sign", person.Shown)),
                    Buttons(people, one => $"{Name}:heir.{PersonSign.Of(one.Id)}.{person.Id.Value:N}"));
                break;
            case ["heir", var sign, _] when people.Where(one => PersonSign.Of(one.Id) == sign).ToList() is [var heir]:
                await LowerAsync(talk, person, Role.Reporter, heir.Id);
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private async Task LowerAsync(Talk talk, Person person, Role to, PersonId? heir)
    {
        var (outcome, left) = await changeRole.RunAsync(talk.Session, person.Id, to, heir);
        switch (outcome)
        {
            case FreezeOutcome.Done:
                var done = talk.Texts.Say(talk.Language, "remove.done", ("sign", person.Shown), ("to", to));
                talk.EditPressed(RichText.Join("\n", left!.Lines.Select(line => line.In(talk.Language, talk.Texts)).Prepend(done)));
                await MenusAsync(talk, (await talk.Session.People.FindAsync(person.Id))!);
                break;
            case FreezeOutcome.OnlyOwner:
                talk.Notice("remove.only-owner");
                break;
            case FreezeOutcome.TooMany:
                talk.Notice("freeze.too-many");
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private async Task CardAsync(Talk talk, Person person)
    {
        var cases = (await talk.Session.Subscriptions.CasesOfAsync(person.Id)).Count;
        var rows = new List<IReadOnlyList<Choice>>();
        if (cases > 0)
            rows.Add([talk.Button("remove.hand-over", $"{Name}:heirs.{person.Id.Value:N}")]);
        rows.AddRange(Enum.GetValues<Role>()
            .Where(to => talk.Person is not null && ChangeRole.May(person, to, talk.Session.Actor) == FreezeOutcome.Done)
            .Select(to => (IReadOnlyList<Choice>)[new Choice(
                talk.Texts.Plain(talk.Language, "remove.to", ("to", to)), $"{Name}:to.{Words.Snake(to.ToString())}.{person.Id.Value:N}")]));
        talk.Reply(
            talk.Texts.Say(talk.Language, "remove.card", ("role", person.Role), ("sign", person.Shown), ("cases", cases)), rows);
    }

    private async Task MenusAsync(Talk talk, Person person)
    {
        foreach (var address in await talk.Session.Addresses.OfAsync(person.Id))
            talk.Afterward(ct => menus.SetForAsync(channels, person, address, ct));
    }

    private static List<Choice[]> Buttons(IReadOnlyList<Person> people, Func<Person, string> data) => people
        .OrderByDescending(one => one.Role).Take(Most).Select(one => new Choice(one.Shown, data(one))).Chunk(PerRow).ToList();
}
