using System.Text;
using AlertBot.Postgres;
using AlertBot.Workflows.Cases;

namespace AlertBot.Hosting;

/// <summary><c>GET /calendar/SECRET.ics</c>. A wrong secret learns nothing, not even whether it was close.</summary>
public static class CalendarEndpoint
{
    public static void MapCalendar(this IEndpointRouteBuilder app) =>
        app.MapMethods("/calendar/{secret}.ics", [HttpMethods.Get, HttpMethods.Head], ServeAsync);

    private static async Task<IResult> ServeAsync(
        string secret, HttpResponse response, Database database, CalendarFeed feed, CancellationToken ct)
    {
        // Proxies must not store the calendar, and pages that it links to must not learn its address.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";

        await using var session = await database.BeginAsync(ct);
        return await feed.OfAsync(session, secret) is { } calendar
            ? Results.Text(calendar, "text/calendar", Encoding.UTF8)
            : Results.NotFound();
    }
}
