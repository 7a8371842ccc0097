using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.People;

/// <summary>
/// <c>/freeze [SIGN]</c>: suspends a person whose phone is lost or in other hands, or ends that. Two people may share a sign, so each is shown with
/// role and languages, and chosen by a button.
/// </summary>
public sealed class FreezeCommand(CommandMenus menus, IReadOnlyList<IChannel> channels, FreezePerson freezePerson, WhatAPhoneDid whatAPhoneDid)
    : IChatCommand, IPress
{
    private const int MostButtons = 60;
    private const int PerRow = 3;

    public string Name => "freeze";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;

        var people = await talk.Session.People.WithRoleAsync(Role.Advocate);
        var meant = people.Where(person => PersonSign.Of(person.Id).Equals(arguments, StringComparison.OrdinalIgnoreCase)).ToList();
        if (arguments.Length == 0)
            await ListAsync(talk, people);
        else if (meant.Count == 0)
            talk.Reply("freeze.not-found");
        foreach (var person in meant)
        {
            var (text, choices) = await CardAsync(talk, person);
            talk.Reply(text, choices);
        }
    }

    /// <summary><c>who.ID</c>, <c>on.ID</c>, <c>off.ID</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split('.', 2);
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is null || parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id)
            || await talk.Session.People.FindAsync(new PersonId(id)) is not { Role: >= Role.Advocate } person)
        {
            talk.Notice("button.stale");
            return;
        }

        switch (parts[0])
        {
            case "who":
                var (text, choices) = await CardAsync(talk, person);
                talk.Reply(text, choices);
                break;
            case "on":
                var (outcome, left) = await freezePerson.RunAsync(talk.Session, person.Id);
                await AnswerAsync(talk, person.Id, outcome, left);
                if (outcome == FreezeOutcome.Done)
                    await TellWhatTheyDidAsync(talk, person.Id);
                break;
            case "did" when person.IsFrozen:
                await TellWhatTheyDidAsync(talk, person.Id);
                break;
            case "off":
                await AnswerAsync(talk, person.Id, await freezePerson.EndAsync(talk.Session, person.Id), null);
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private async Task TellWhatTheyDidAsync(Talk talk, PersonId whom)
    {
        if (await whatAPhoneDid.OfAsync(talk.Session, whom, talk.Person!) is var (text, undo))
            talk.Reply(text, undo);
        else
            talk.Reply("freeze.did-nothing", ("sign", PersonSign.Of(whom)));
    }

    private async Task AnswerAsync(Talk talk, PersonId id, FreezeOutcome outcome, LeftBehind? left)
    {
        var person = (await talk.Session.People.FindAsync(id))!;
        switch (outcome)
        {
            case FreezeOutcome.Done or FreezeOutcome.DoneBefore:
                var (text, choices) = await CardAsync(talk, person);
                talk.EditPressed(RichText.Join("\n", (left?.Lines ?? []).Select(line => line.In(talk.Language, talk.Texts)).Prepend(text)), choices);
                foreach (var address in await talk.Session.Addresses.OfAsync(id))
                    talk.Afterward(ct => menus.SetForAsync(channels, person, address, ct));
                break;
            case FreezeOutcome.KeyFirst when await talk.Session.KeyChanges.OfAsync(id) is { TrustedAt: null } change
                && await talk.Session.Addresses.FindAsync(change.Address) is { } address:
                var (news, buttons) = KeyQuestion.Card(talk, person, address.At.Channel, change);
                talk.Reply(news, buttons);
                break;
            case FreezeOutcome.OnlyOwner:
                talk.Notice("freeze.only-owner");
                break;
            case FreezeOutcome.TooMany:
                talk.Notice("freeze.too-many");
                break;
            case FreezeOutcome.Yourself:
                talk.Notice("freeze.not-yourself");
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private static async Task ListAsync(Talk talk, IReadOnlyList<Person> people)
    {
        var lines = new List<RichText> { talk.Texts.Say(talk.Language, "freeze.title") };
        foreach (var person in people.OrderByDescending(one => one.Role))
            lines.Add(await LineAsync(talk, person));
        talk.Reply(
            RichText.Join("\n", lines),
            people.OrderByDescending(one => one.Role).Where(one => one.Id != talk.Person?.Id).Take(MostButtons)
                .Select(one => new Choice(PersonSign.Of(one.Id), $"freeze:who.{one.Id.Value:N}")).Chunk(PerRow).ToList());
    }

    private static async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>>? Choices)> CardAsync(Talk talk, Person person)
    {
        var may = FreezePerson.May(person, talk.Session.Actor);
        var text = await LineAsync(talk, person);
        return may switch
        {
            FreezeOutcome.Done when person.IsFrozen => (
                text,
                [[talk.Button("freeze.end", $"freeze:off.{person.Id.Value:N}")],
                    [talk.Button("freeze.what-they-did", $"freeze:did.{person.Id.Value:N}")]]),
            FreezeOutcome.Done => (
                text + RichText.Of("\n") + talk.Texts.Say(talk.Language, "freeze.what"),
                [[talk.Button("freeze.do", $"freeze:on.{person.Id.Value:N}")]]),
            FreezeOutcome.OnlyOwner => (text + RichText.Of("\n") + talk.Texts.Say(talk.Language, "freeze.only-owner"), null),
            _ => (text + RichText.Of("\n") + talk.Texts.Say(talk.Language, "freeze.not-yourself"), null),
        };
    }

    // The sign is what people type after the command.
    private static string NameAndSign(Person person) =>
        person.Called is null ? PersonSign.Of(person.Id) : $"{person.Shown} ({PersonSign.Of(person.Id)})";

    private static async Task<RichText> LineAsync(Talk talk, Person person) => talk.Texts.Say(
        talk.Language, "freeze.line", ("role", person.Role), ("sign", NameAndSign(person)), ("language", person.Language),
        ("state", PeopleCommand.StateOf(person, await talk.Session.Addresses.OfAsync(person.Id))));
}
