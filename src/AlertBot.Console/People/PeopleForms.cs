using System.Globalization;
using AlertBot.Desk.Frame;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Subscribing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Desk.People;

/// <summary>What is done on the page of people and groups, and on that of drills.</summary>
internal static class PeopleForms
{
    private const string People = "/console/people";

    public static void Map(RouteGroupBuilder posts)
    {
        Act(posts, "freeze", async (FreezePerson act, Session session, PersonId whom, IFormCollection _) =>
            Said((await act.RunAsync(session, whom)).Outcome));
        Act(posts, "unfreeze", async (FreezePerson act, Session session, PersonId whom, IFormCollection _) =>
            Said(await act.EndAsync(session, whom)));
        Act<ChangeRole>(posts, "lower", LowerAsync);
        Act(posts, "give-back", async (ChangeRole act, Session session, PersonId whom, IFormCollection _) =>
            await act.GiveBackAsync(session, whom) ? "done" : "refused");
        Act(posts, "undo", async (WhatAPhoneDid act, Session session, PersonId _, IFormCollection form) =>
            long.TryParse(form["act"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await act.UndoAsync(session, id)
                ? "done"
                : "refused");
        posts.MapPost("/people/rota", (HttpContext context, DeskActs acts, ChangeRota change) => acts.RunAsync(
            context, People, (session, _) => ChangeAsync(session, change, (rota, me) => rota.Has(me) ? rota.Leave(me) : rota.Join(me))));
        posts.MapPost("/people/rota/up", (HttpContext context, DeskActs acts, ChangeRota change) => acts.RunAsync(
            context, People, async (session, form) => session.Actor.MayActAs(Role.Coordinator) && PersonIn(form["person"]) is { } whom
                ? await ChangeAsync(session, change, (rota, _) => rota.MoveUp(whom))
                : "refused"));
        posts.MapPost("/people/away", (HttpContext context, DeskActs acts, BeAway away) => acts.RunAsync(
            context, People, async (session, form) => PersonIn(form["person"]) is { } whom && DayIn(form["from"]) is { } from
                && DayIn(form["through"]) is { } through
                    ? Said(await away.RunAsync(session, whom, from, through))
                    : "no-days"));
        posts.MapPost("/people/back", (HttpContext context, DeskActs acts, BeAway away) => acts.RunAsync(
            context, People, async (session, form) => Guid.TryParseExact(form["absence"], "N", out var id)
                ? Said(await away.EndAsync(session, new AbsenceId(id)))
                : "refused"));
        posts.MapPost("/groups/link", (HttpContext context, DeskActs acts, LinkGroup link) => acts.RunAsync(
            context, People, (session, form) => LinkedAsync(session, form, link.RunAsync)));
        posts.MapPost("/groups/unlink", (HttpContext context, DeskActs acts, LinkGroup link) => acts.RunAsync(
            context, People, (session, form) => LinkedAsync(session, form, link.EndAsync)));
        posts.MapPost("/drills/start", (HttpContext context, DeskActs acts, StartDrill start) => acts.RunAsync(
            context, "/console/drills", async (session, form) =>
                await start.RunAsync(session, form["whom"].ToString().Trim() switch
                {
                    StartDrill.Me or StartDrill.OnCall or Say.Advocates => form["whom"].ToString().Trim(),
                    var group when group.StartsWith(StartDrill.Group, StringComparison.Ordinal) => group,
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

    private static async Task<string> LowerAsync(ChangeRole act, Session session, PersonId whom, IFormCollection form) =>
        Words.Read<Role>(form["to"]) is { } to
            ? Said((await act.RunAsync(session, whom, to, PersonIn(form["heir"]))).Outcome)
            : "refused";

    private static async Task<string> ChangeAsync(Session session, ChangeRota change, Func<OnCallRota, PersonId, OnCallRota> how)
    {
        if (!session.Actor.MayActAs(Role.Advocate) || session.Actor.Id is not { } me)
            return "refused";
        await change.RunAsync(session, rota => how(rota, me), me);
        return "done";
    }

    private static void Act<TAct>(RouteGroupBuilder posts, string name, Func<TAct, Session, PersonId, IFormCollection, Task<string>> run)
        where TAct : class => posts.MapPost("/people/{id}/" + name, (string id, HttpContext context, DeskActs acts, TAct act) => acts.RunAsync(
            context, PersonIn(id) is { } person ? $"{People}/{person.Value:N}" : People,
            async (session, form) => PersonIn(id) is { } whom ? await run(act, session, whom, form) : "refused"));

    private static PersonId? PersonIn(string? text) => Guid.TryParseExact(text, "N", out var id) ? new PersonId(id) : null;

    private static LocalDate? DayIn(string? text) =>
        LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: { Year: > 2000 and < 2200 } day } ? day : null;

    private static string Said(FreezeOutcome outcome) => outcome switch
    {
        FreezeOutcome.Done => "done",
        FreezeOutcome.DoneBefore => "before",
        FreezeOutcome.TooMany => "too-many",
        FreezeOutcome.KeyFirst => "key-first",
        FreezeOutcome.OnlyOwner => "only-owner",
        FreezeOutcome.Yourself => "not-yourself",
        _ => "refused",
    };

    private static string Said(AwayOutcome outcome) => outcome switch
    {
        AwayOutcome.Done => "done",
        AwayOutcome.NotOnRota => "not-on-rota",
        AwayOutcome.NoSuchDays => "no-days",
        _ => "refused",
    };
}
