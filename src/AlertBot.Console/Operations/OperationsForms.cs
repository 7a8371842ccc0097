using AlertBot.Desk.Frame;
using AlertBot.Domain.Alerts;
using AlertBot.Workflows.Operations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Operations;

/// <summary>What owners do about the program's own work.</summary>
internal static class OperationsForms
{
    public static void Map(RouteGroupBuilder posts) =>
        posts.MapPost("/operations/again", (HttpContext context, DeskActs acts, SendAgain again) => acts.RunAsync(
            context, OperationsPage.Address, async (session, form) => !Guid.TryParseExact(form["delivery"], "N", out var id)
                ? "refused"
                : await again.RunAsync(session, new DeliveryId(id)) switch
                {
                    SentAgain.Done => "again-sent",
                    SentAgain.Before => "before",
                    SentAgain.Over => "again-over",
                    SentAgain.MayNotBeTold => "again-held",
                    _ => "refused",
                })).RequireAuthorization(new AuthorizeAttribute { Roles = DeskPlaces.Owners });
}
