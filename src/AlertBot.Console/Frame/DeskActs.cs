using System.Globalization;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk.Frame;

/// <summary>
/// What the forms of the desk do: one act of the person who is signed in, in one transaction, and then back to the page. The act checks the role,
/// as it does for the chat.
/// </summary>
public sealed class DeskActs(ConsoleSessions sessions, Database database, TextCatalog texts)
{
    /// <summary>The name of the value in an address that says what came of an act: a key below <c>desk.said</c>.</summary>
    public const string Said = "said";

    /// <param name="back">The page to show then.</param>
    /// <param name="act">Gives the key of what to say, below <c>desk.said</c>, with a limit behind a dot where it names one.</param>
    public Task<IResult> RunAsync(HttpContext context, string back, Func<Session, IFormCollection, Task<string>> act) =>
        RunToAsync(context, async (session, form) => $"{back}?{Said}={await act(session, form)}");

    /// <param name="act">Gives the address of the page to show then.</param>
    public async Task<IResult> RunToAsync(HttpContext context, Func<Session, IFormCollection, Task<string>> act)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await sessions.FindAgainAsync(context) is not { Person: var person })
            return Results.Redirect(ConsoleEndpoints.SignIn);

        await using var session = await database.BeginAsync(Actor.Of(person), context.RequestAborted);
        var next = await act(session, form);
        await session.CommitAsync(context.RequestAborted);
        context.Response.Headers.Location = next;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>What an act before this page said; null: nothing, or nothing that we ever say.</summary>
    public string? SaidBefore(HttpContext context, string language)
    {
        var said = context.Request.Query[Said].ToString().Split('.');
        return said is [{ Length: > 0 and < 40 } key, ..] && texts.Has(TextCatalog.FallbackLanguage, "desk.said." + key)
            && int.TryParse(said.ElementAtOrDefault(1) ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                ? texts.Plain(language, "desk.said." + key, ("limit", limit))
                : null;
    }

    /// <summary>Words of a form as an act takes them.</summary>
    /// <returns>The words, or what to say of them: there are none, or too many.</returns>
    public static (string? Words, string Problem) Words(IFormCollection form, string name, int limit) =>
        form[name].ToString().Trim().ReplaceLineEndings("\n") switch
        {
            { Length: 0 } => (null, "empty"),
            { Length: var length } when length > limit => (null, string.Create(CultureInfo.InvariantCulture, $"too-long.{limit}")),
            var words => (words, ""),
        };
}
