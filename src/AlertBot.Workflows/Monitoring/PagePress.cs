using AlertBot.Domain.People;
using AlertBot.Domain.Monitoring;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Monitoring;

/// <summary>[I'm on it] under a page: nobody else is told then.</summary>
public sealed class PagePress(AlertCards cards) : IPress
{
    internal const string Word = "page";

    private static readonly AuditAct Take = new("monitoring.take");

    public string Prefix => Word;

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Role.Advocate) || talk.Person is not { } person || !Guid.TryParseExact(data, "N", out var id)
            || !await MayTakeAsync(talk, person))
        {
            talk.Notice("button.stale");
            return;
        }

        var taken = await talk.Session.Pages.TakeUpAsync(new PageId(id), person.Id);
        if (taken.Count == 0)
            talk.Notice("button.stale");
        foreach (var page in taken)
        {
            await talk.Session.Audit.AddAsync(person.Id, Take, page.Id.Value);
            var has = new Line("monitoring.has", ("names", page.Names), ("role", person.Role), ("sign", person.Shown));
            await cards.ReplaceAsync(talk.Session, PageWords.KeysOf(page.Id), has, except: page.Id.Value == id ? talk.Here.Id : null);
            if (page.Id.Value == id)
                talk.EditPressed(has.In(talk.Language, talk.Texts));
        }
    }

    private static async Task<bool> MayTakeAsync(Talk talk, Person person) =>
        person.MayActAs(Role.Coordinator) || (await talk.Session.OnCall.RotaAsync()).Has(person.Id);
}
