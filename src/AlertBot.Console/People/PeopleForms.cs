using AlertBot.Desk.Frame;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Subscribing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.People;

/// <summary>What is done on the page of people and groups, and on that of drills.</summary>
internal static class PeopleForms
{
    private const string People = "/console/people";

    public static void Map(RouteGroupBuilder posts)
    {
        posts.MapPost("/people/freeze", (HttpContext context, DeskActs acts, FreezePerson freeze) => acts.RunAsync(
            context, People, async (session, form) => PersonIn(form) is { } whom ? Said((await freeze.RunAsync(session, whom)).Outcome) : "refused"));
        posts.MapPost("/people/unfreeze", (HttpContext context, DeskActs acts, FreezePerson freeze) => acts.RunAsync(
            context, People, async (session, form) => PersonIn(form) is { } whom ? Said(await freeze.EndAsync(session, whom)) : "refused"));
        posts.MapPost("/people/rota", (HttpContext context, DeskActs acts, ChangeRota change) => acts.RunAsync(
            context, People, async (session, _) =>
            {
                if (!session.Actor.MayActAs(Role.Advocate) || session.Actor.Id is not { } me)
                    return "refused";
                await change.RunAsync(session, rota => rota.Has(me) ? rota.Leave(me) : rota.Join(me), me);
                return "done";
            }));
        posts.MapPost("/groups/link", (HttpContext context, DeskActs acts, LinkGroup link) => acts.RunAsync(
            context, People, (session, form) => LinkedAsync(session, form, link.RunAsync)));
        posts.MapPost("/groups/unlink", (HttpContext context, DeskActs acts, LinkGroup link) => acts.RunAsync(
            context, People, (session, form) => LinkedAsync(session, form, link.EndAsync)));
        posts.MapPost("/drills/start", (HttpContext context, DeskActs acts, StartDrill start) => acts.RunAsync(
            context, "/console/drills", async (session, form) =>
                await start.RunAsync(session, form["whom"].ToString().Trim() switch
                {
                    StartDrill.Me or StartDrill.OnCall or Say.Advocates => form["whom"].ToString().Trim(),
                    var code => code.ToUpperInvariant(),
                }) is null ? "nobody" : "drilled"));
    }

    private static async Task<string> LinkedAsync(
        Session session, IFormCollection form, Func<Session, CaseCode, Address, Task<Subscribed>> act) =>
        CaseCode.TryParse(form["code"], out var code) && Guid.TryParseExact(form["group"], "N", out var id)
        && await session.Addresses.FindAsync(new AddressId(id)) is { IsGroup: true } group
        && (await session.Subscriptions.CasesOfAsync(group.Id)).Count > 0
            ? await act(session, code, group) switch
            {
                Subscribed.Done => "done",
                Subscribed.Already => "before",
                _ => "refused",
            }
            : "refused";

    private static PersonId? PersonIn(IFormCollection form) => Guid.TryParseExact(form["person"], "N", out var id) ? new PersonId(id) : null;

    private static string Said(FreezeOutcome outcome) => outcome switch
    {
        FreezeOutcome.Done => "done",
        FreezeOutcome.DoneBefore => "before",
        FreezeOutcome.TooMany => "too-many",
        FreezeOutcome.KeyFirst => "key-first",
        _ => "refused",
    };
}
