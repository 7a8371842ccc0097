using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.People;

/// <summary><c>/me [NAME]</c>: shows how colleagues see this person and what the bot knows of them, or sets a new name.</summary>
public sealed class MeCommand : IChatCommand
{
    public string Name => "me";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs) || talk.Person is not { } person)
            return;
        if (arguments.Length > 0)
        {
            if (PersonName.OfColleague(arguments) is not { } called)
            {
                talk.Reply("me.bad-name", ("limit", PersonName.LongestOfColleague));
                return;
            }

            person = person with { Called = called };
            await talk.Session.People.SetCalledAsync(person.Id, called);
            await talk.Session.Audit.AddAsync(person.Id, new AuditAct("person.called"), person.Id.Value);
        }

        var accounts = (await talk.Session.Addresses.OfAsync(person.Id)).Select(one => one.At.Channel.ToString()).Distinct();
        var cases = await talk.Session.Subscriptions.CasesOfAsync(person.Id);
        talk.Reply(
            "me.page", ("called", person.Shown), ("sign", PersonSign.Of(person.Id)), ("role", person.Role), ("language", person.Language),
            ("zone", person.Zone.Id), ("accounts", string.Join(", ", accounts)), ("cases", cases.Count));
    }
}
