using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.SignIn;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk;

/// <summary>Finds who asks for a page. It looks at every request, so that an ended session, a suspension or a lost role counts at once.</summary>
public sealed class ConsoleSessions(Database database, FindConsoleSession find, TextCatalog texts)
{
    private static readonly object Found = new();

    /// <returns>Null when nobody is signed in.</returns>
    public async Task<SignedIn?> FindAsync(HttpContext context)
    {
        if (context.Items.TryGetValue(Found, out var known))
            return known as SignedIn;
        if (ConsoleCookies.OfSession(context) is not { } secret)
            return null;

        await using var session = await database.BeginAsync(context.RequestAborted);
        var who = await find.RunAsync(session, secret);
        context.Items[Found] = who;
        return who;
    }

    /// <summary>Looks again, whatever was found when the request began: a stream of changes lives longer than one look.</summary>
    public async Task<bool> IsOpenAsync(HttpContext context) => await FindAgainAsync(context) is not null;

    /// <summary>
    /// Looks again before an act. A form that is sent byte by byte takes as long as its sender wants, and a freeze in the meantime counts.
    /// </summary>
    public Task<SignedIn?> FindAgainAsync(HttpContext context)
    {
        context.Items.Remove(Found);
        return FindAsync(context);
    }

    /// <summary>Whether the job engine's pages are shown. Only owners see them, since they can run and delete jobs.</summary>
    public async Task<bool> MayReadJobsAsync(HttpContext context) => (await FindAsync(context))?.Person.MayActAs(Role.Owner) == true;

    /// <summary>The person's language, or else the browser's.</summary>
    public async Task<string> LanguageAsync(HttpContext context) => (await FindAsync(context))?.Person.Language ?? LanguageOf(context.Request);

    internal string LanguageOf(HttpRequest request) =>
        texts.Languages.Choose(request.Headers.AcceptLanguage.ToString().Split(',', ';') is [var first, ..] ? first : null);
}
