using System.Net;
using System.Text.RegularExpressions;
using AlertBot.Desk.Api;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.People;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Every address of the desk and of the API, as the program has them, tried over HTTP as everybody.</summary>
public sealed partial class Everything_asks_who_it_is
{
    [PostgresFact]
    public async Task Of_the_API_each_address_refuses_who_has_no_token_another_scope_or_a_suspended_maker()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (boss, anna) = (await bot.AddAsync(Role.Owner), await bot.AddAsync(Role.Coordinator));
        using var owner = await desk.SignInAsync(boss);
        using var coordinator = await desk.SignInAsync(anna);
        var file = await bot.OpenCaseAsync();
        using var nobody = new ApiProgram(desk.Url, null);
        var addresses = desk.Api.Select(one => (
            Scope: one.Metadata.GetRequiredMetadata<NeededScope>().Scope,
            IsPost: one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0] == "POST",
            Path: one.RoutePattern.RawText!.Replace("{code}", file.Code.Text, StringComparison.Ordinal))).ToList();
        Assert.True(addresses.Count >= 7);
        var all = Enum.GetValues<ApiScope>();
        var programs = new Dictionary<(ApiScope? Scope, bool IsIts), ApiProgram>();
        foreach (var scope in addresses.Select(one => one.Scope).Distinct())
        {
            programs[(scope, true)] = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(owner, scope ?? ApiScope.Dates));
            programs[(scope, false)] = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(coordinator, all.Where(one => one != scope).ToArray()));
        }

        using var whole = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(coordinator, all));
        foreach (var (scope, isPost, path) in addresses)
        {
            async Task<HttpStatusCode> AskAsync(ApiProgram program) =>
                (isPost ? await program.PostTextAsync(path, "{}") : await program.GetAsync(path)).Status;
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(nobody));
            Assert.Equal(scope is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await AskAsync(programs[(scope, false)]));
            foreach (var may in new[] { whole, programs[(scope, true)] })
                Assert.Equal(isPost ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, await AskAsync(may));
        }

        await bot.ActAsync(async session => await bot.Get<FreezePerson>().RunAsync(
            session.As(Actor.Operator), (await session.Addresses.FindAsync(anna.Address))!.Person!.Value));
        foreach (var (_, isPost, path) in addresses)
            Assert.Equal(HttpStatusCode.Unauthorized, (isPost ? await whole.PostTextAsync(path, "{}") : await whole.GetAsync(path)).Status);
        foreach (var program in programs.Values)
            program.Dispose();
    }

    [PostgresFact]
    public async Task At_the_desk_nothing_happens_for_who_is_not_signed_in_and_an_owners_page_opens_to_owners()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var owner = await desk.SignInAsync(await bot.AddAsync(Role.Owner));
        using var coordinator = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var file = await bot.OpenCaseAsync();
        using var nobody = new DeskBrowser(desk.Url);
        foreach (var endpoint in desk.Endpoints.Where(one => !Open().IsMatch(one.RoutePattern.RawText!)))
        {
            var path = "/" + Named().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), file.Code.Text);
            if (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] == "POST")
            {
                // Where a role is asked for before the form is looked at, nobody in particular hears that first.
                Assert.True((await nobody.PostAsync(path, token: null)).Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized, path);
                // A form of another page, as a page of somebody else might send it.
                Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(path, token: null)).Status);
                continue;
            }

            Assert.NotEqual(HttpStatusCode.OK, (await nobody.GetAsync(path)).Status);
            var isOwners = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>()?.Roles == Desk.Frame.DeskPlaces.Owners;
            if (isOwners)
                Assert.Equal(
                    (HttpStatusCode.NotFound, HttpStatusCode.OK),
                    ((await coordinator.GetAsync(path)).Status, (await owner.GetAsync(path)).Status));
        }
    }

    [GeneratedRegex(@"sign-in|/wait$|\.css$|\.js$|\.svg$|/live$")]
    private static partial Regex Open();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Named();
}
