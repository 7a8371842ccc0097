using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.SignIn;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk;

/// <summary>Who asks for a page. Looked up at every request: what was ended, suspended or taken away counts at once.</summary>
public sealed class ConsoleSessions(Database database, FindConsoleSession find, TextCatalog texts)
{
    private static readonly object Found = new();

    /// <returns>Null: nobody who is signed in.</returns>
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

    /// <summary>Whether the pages of the job engine are shown: they can run and delete jobs, so they are for owners alone.</summary>
    public async Task<bool> MayReadJobsAsync(HttpContext context) => (await FindAsync(context))?.Person.MayActAs(Role.Owner) == true;

    /// <summary>Of the person, or else what the browser asks for.</summary>
    public async Task<string> LanguageAsync(HttpContext context) => (await FindAsync(context))?.Person.Language ?? LanguageOf(context.Request);

    internal string LanguageOf(HttpRequest request) =>
        texts.Languages.Choose(request.Headers.AcceptLanguage.ToString().Split(',', ';') is [var first, ..] ? first : null);
}
