using AlertBot.Desk.Frame;
using AlertBot.Domain.Webhooks;
using AlertBot.Postgres;
using AlertBot.Workflows.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Webhooks;

/// <summary>What is done on the page of webhooks, but for adding one: the page itself shows its secret, once.</summary>
internal static class WebhookForms
{
    private const string Page = "/console/webhooks";

    public static void Map(RouteGroupBuilder posts)
    {
        posts.MapPost("/webhooks/remove", (HttpContext context, DeskActs acts, ChangeWebhooks change) => acts.RunAsync(
            context, Page, (session, form) => DoneAsync(session, form, change.RemoveAsync)));
        posts.MapPost("/webhooks/on", (HttpContext context, DeskActs acts, ChangeWebhooks change) => acts.RunAsync(
            context, Page, (session, form) => DoneAsync(session, form, change.SwitchOnAsync)));
    }

    private static async Task<string> DoneAsync(Session session, IFormCollection form, Func<Session, WebhookId, Task<bool>> act) =>
        Guid.TryParseExact(form["webhook"], "N", out var id) && await act(session, new WebhookId(id)) ? "done" : "refused";
}
