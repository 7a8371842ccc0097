using AlertBot.Desk.Frame;
using AlertBot.Domain.People;
using AlertBot.Workflows.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Tokens;

/// <summary>What is done on the page of tokens, but for making one: the page itself shows that, once.</summary>
internal static class TokenForms
{
    public const string Page = "/console/tokens";

    public static void Map(RouteGroupBuilder posts) => posts.MapPost(
        "/tokens/end", (HttpContext context, DeskActs acts, EndToken end) => acts.RunAsync(
            context, Page, async (session, form) =>
                Guid.TryParseExact(form["token"], "N", out var id) && await end.RunAsync(session, new ApiTokenId(id)) ? "done" : "refused"));
}
