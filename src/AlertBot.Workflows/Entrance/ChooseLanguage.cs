using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Entrance;

/// <summary>Sets the language in which we speak to a person or a group.</summary>
public sealed class ChooseLanguage(TextCatalog texts)
{
    /// <returns>False if there is no such language.</returns>
    public async Task<bool> ForPersonAsync(Session session, Person person, string code)
    {
        if (!texts.Languages.Contains(code))
            return false;

        await session.People.UpdateAsync(person with { Language = code });
        foreach (var address in await session.Addresses.OfAsync(person.Id))
            await session.Addresses.SetLanguageAsync(address.Id, code);
        return true;
    }

    /// <returns>False if the actor may not, or if there is no such language.</returns>
    public async Task<bool> ForGroupAsync(Session session, Address group, string code)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || !group.IsGroup || !texts.Languages.Contains(code))
            return false;

        await session.Addresses.SetLanguageAsync(group.Id, code);
        return true;
    }
}
