using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>discreet:on|off</c>: whether a person's alerts say anything before they are opened.</summary>
public sealed class DiscreetPress : IPress
{
    public string Prefix => "discreet";

    public static string StateOf(Person person) => person.IsDiscreet ? "discreet.is-on" : "discreet.is-off";

    public static Choice Switch(Talk talk, Person person) =>
        person.IsDiscreet ? talk.Button("discreet.turn-off", "discreet:off") : talk.Button("discreet.turn-on", "discreet:on");

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Role.Advocate) || data is not ("on" or "off"))
        {
            talk.Notice("button.stale");
            return;
        }

        var person = talk.Person! with { IsDiscreet = data == "on" };
        await talk.Session.People.UpdateAsync(person);
        await talk.Session.Audit.AddAsync(person.Id, new AuditAct("person.discreet"), person.Id.Value, data);
        talk.EditPressed(talk.Texts.Say(talk.Language, StateOf(person)), [[Switch(talk, person)]]);
    }
}
