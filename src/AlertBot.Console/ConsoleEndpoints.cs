using AlertBot.Desk.Api;
using AlertBot.Desk.Cases;
using AlertBot.Desk.Frame;
using AlertBot.Desk.Importing;
using AlertBot.Desk.Operations;
using AlertBot.Desk.People;
using AlertBot.Desk.Reports;
using AlertBot.Desk.SignIn;
using AlertBot.Desk.Tokens;
using AlertBot.Desk.Webhooks;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace AlertBot.Desk;

/// <summary>The addresses of the desk.</summary>
public static class ConsoleEndpoints
{
    internal const string Home = "/console";
    internal const string SignIn = "/console/sign-in";
    private const string Wait = "/console/wait";
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public static void MapConsole(this WebApplication app)
    {
        // Behind a proxy we see plain HTTP although the browser speaks https. Cookies then go over https only.
        if (app.Services.GetRequiredService<ConsolePlace>().IsSecure)
        {
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }

        // Covers every answer below that address, including the framework's refusals.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Home), desk => desk.Use((context, next) =>
        {
            Guard(context.Response.Headers, Policy);
            return next(context);
        }));
        // The job engine's pages are not ours, but what they show is. They draw with styles in their elements.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(DeskPlaces.Jobs), jobs => jobs.Use((context, next) =>
        {
            Guard(context.Response.Headers, Policy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:");
            return next(context);
        }));
        ApiEndpoints.Guard(app);
        app.UseWhen(IsOurs, ours => ours.Use(WellFormed.CheckHostAsync));
        // Without this call the framework would put routing first.
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseWhen(IsOurs, ours => ours.Use(WellFormed.CheckAsync));
        app.UseAntiforgery();

        app.MapRazorComponents<DeskPages>();
        var desk = app.MapGroup(Home);
        desk.MapGet("/desk.css", () => File("desk.css", "text/css"));
        desk.MapGet("/desk.js", () => File("desk.js", "text/javascript"));
        desk.MapGet("/live", (HttpContext context, LiveChanges changes) => changes.StreamAsync(context));
        desk.MapGet("/icon.svg", () => File("icon.svg", "image/svg+xml"));
        desk.MapGet("/sign-in", async (HttpContext context, ConsoleSessions sessions) =>
            SignedOut(await sessions.LanguageAsync(context), isOver: false));
        desk.MapGet("/sign-in/{token}", (HttpContext context, ConsoleSessions sessions) =>
            new RazorComponentResult<LinkPage>(new { Language = sessions.LanguageOf(context.Request) }));
        desk.MapGet("/wait", WaitAsync);

        var posts = desk.MapGroup("").RequireRateLimiting(ConsoleServices.Limit).AddEndpointFilter(OursAloneAsync);
        posts.MapPost("/sign-in/{token}", OpenAsync);

        // A night of reports is decided upon faster than anybody may try links; whoever is not signed in gets nowhere here.
        var acts = desk.MapGroup("").AddEndpointFilter(OursAloneAsync);
        acts.MapPost("/sign-out", SignOutAsync);
        CaseForms.Map(desk, acts);
        ReportForms.Map(desk, acts);
        PeopleForms.Map(acts);
        ImportForms.Map(acts);
        OperationsForms.Map(acts);
        TokenForms.Map(acts);
        WebhookForms.Map(acts);
        ApiEndpoints.Map(app);
    }

    private static async Task<IResult> OpenAsync(
        string token, HttpContext context, Database database, OpenSignInLink open, ConsoleSessions sessions)
    {
        var opened = (OpenedSignInLink)new OpenedSignInLink.Refused();
        if (ConsoleSecret.TryParse(token, out var secret))
        {
            await using var session = await database.BeginAsync(context.RequestAborted);
            opened = await open.RunAsync(
                session, secret, ConsoleCookies.OfSignIn(context), Browser.Of(context.Request.Headers.UserAgent));
            await session.CommitAsync(context.RequestAborted);
        }

        if (opened is OpenedSignInLink.Refused)
            return SignedOut(sessions.LanguageOf(context.Request), isOver: true);
        if (opened is OpenedSignInLink.Now { Secret: var mine })
            ConsoleCookies.KeepSignIn(context, mine);
        return SeeOther(context, Wait);
    }

    private static async Task<IResult> WaitAsync(
        HttpContext context, Database database, BeginConsoleSession begin, ConsoleSessions sessions)
    {
        if (ConsoleCookies.OfSignIn(context) is not { } secret)
            return SignedOut(await sessions.LanguageAsync(context), isOver: true);

        await using var session = await database.BeginAsync(context.RequestAborted);
        var progress = await begin.RunAsync(session, secret);
        await session.CommitAsync(context.RequestAborted);
        if (progress is SignInProgress.Waiting { Number: var number, Language: var language })
            return new RazorComponentResult<WaitPage>(new { Language = language, Number = number });

        ConsoleCookies.ForgetSignIn(context);
        if (progress is SignInProgress.Over { Language: var theirs })
            return SignedOut(theirs ?? sessions.LanguageOf(context.Request), isOver: true);
        ConsoleCookies.KeepSession(context, ((SignInProgress.Begun)progress).Secret);
        return SeeOther(context, Home);
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, Database database, EndConsoleSession end, ConsoleSessions sessions)
    {
        if (await sessions.FindAsync(context) is { } who)
        {
            await using var session = await database.BeginAsync(context.RequestAborted);
            await end.RunAsync(session, who.Person.Id, who.Session.Id);
            await session.CommitAsync(context.RequestAborted);
        }

        ConsoleCookies.ForgetSession(context);
        return SeeOther(context, SignIn);
    }

    // Another site's page may post a form here in its visitor's name.
    private static async ValueTask<object?> OursAloneAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var forms = (IAntiforgery)context.RequestServices.GetService(typeof(IAntiforgery))!;
        return await forms.IsRequestValidAsync(context) ? await next(invocation) : TypedResults.StatusCode(StatusCodes.Status400BadRequest);
    }

    private static RazorComponentResult<SignedOutPage> SignedOut(string language, bool isOver) => new(new { Language = language, IsOver = isOver })
    {
        StatusCode = isOver ? StatusCodes.Status410Gone : StatusCodes.Status401Unauthorized,
    };

    private static StatusCodeHttpResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static bool IsOurs(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Home) || context.Request.Path.StartsWithSegments(DeskPlaces.Jobs);

    private static void Guard(IHeaderDictionary headers, string policy)
    {
        headers[HeaderNames.CacheControl] = "no-store";
        headers[HeaderNames.ContentSecurityPolicy] = policy;
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
    }

    private static FileStreamHttpResult File(string name, string type) =>
        TypedResults.Stream(typeof(ConsoleEndpoints).Assembly.GetManifestResourceStream($"console/{name}")!, type);
}
