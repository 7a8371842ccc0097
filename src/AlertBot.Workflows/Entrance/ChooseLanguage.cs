using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Entrance;

/// <summary>The language in which we speak to a person, or to a group.</summary>
public static class ChooseLanguage
{
    /// <returns>False when there is no such language.</returns>
    public static async Task<bool> ForPersonAsync(Session session, Languages languages, Person person, string code)
    {
        if (!languages.Contains(code))
            return false;

        await session.People.UpdateAsync(person with { Language = code });
        foreach (var address in await session.Addresses.OfAsync(person.Id))
            await session.Addresses.SetLanguageAsync(address.Id, code);
        return true;
    }

    /// <returns>False when the actor may not, or there is no such language.</returns>
    public static async Task<bool> ForGroupAsync(Session session, Languages languages, Address group, string code, Actor actor)
    {
        if (!actor.MayActAs(Role.Coordinator) || !group.IsGroup || !languages.Contains(code))
            return false;

        await session.Addresses.SetLanguageAsync(group.Id, code);
        return true;
    }
}
