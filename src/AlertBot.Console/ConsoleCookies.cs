using AlertBot.Domain.People;
using AlertBot.Workflows.SignIn;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AlertBot.Desk;

/// <summary>
/// The cookies of the desk: one while a browser is signing in, one after it, and one for what the next page says once.
/// Scripts cannot read them, and requests from other sites do not carry them.
/// </summary>
public static class ConsoleCookies
{
    private const string Opened = "alertbot-sign-in";
    private const string SignedIn = "alertbot-desk";
    private const string Once = "alertbot-once";

    public static ConsoleSecret? OfSignIn(HttpContext context) => Read(context, Opened);

    public static ConsoleSecret? OfSession(HttpContext context) => Read(context, SignedIn);

    public static void KeepSignIn(HttpContext context, ConsoleSecret secret) => Write(context, Opened, secret, GiveSignInLink.Life);

    public static void KeepSession(HttpContext context, ConsoleSecret secret) => Write(context, SignedIn, secret, BeginConsoleSession.Life);

    public static void ForgetSignIn(HttpContext context) => context.Response.Cookies.Delete(Opened, Manner(context));

    public static void ForgetSession(HttpContext context) => context.Response.Cookies.Delete(SignedIn, Manner(context));

    /// <summary>Keeps a sealed line for the next page alone: what is shown once must not come again when the page is asked for again.</summary>
    public static void KeepOnce(HttpContext context, string text, string path)
    {
        var manner = Manner(context);
        (manner.MaxAge, manner.Path) = (TimeSpan.FromMinutes(1), path);
        context.Response.Cookies.Append(Once, text, manner);
    }

    /// <returns>Null: nothing was kept, or it was taken before.</returns>
    public static string? TakeOnce(HttpContext context, string path)
    {
        var manner = Manner(context);
        manner.Path = path;
        if (context.Request.Cookies[Once] is not { Length: > 0 } text)
            return null;
        context.Response.Cookies.Delete(Once, manner);
        return text;
    }

    private static ConsoleSecret? Read(HttpContext context, string name) =>
        ConsoleSecret.TryParse(context.Request.Cookies[name], out var secret) ? secret : null;

    private static void Write(HttpContext context, string name, ConsoleSecret secret, Duration life)
    {
        var manner = Manner(context);
        manner.MaxAge = life.ToTimeSpan();
        context.Response.Cookies.Append(name, secret.Reveal(), manner);
    }

    private static CookieOptions Manner(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
    };
}
