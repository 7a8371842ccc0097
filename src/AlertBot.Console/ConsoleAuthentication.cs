using System.Security.Claims;
using System.Text.Encodings.Web;
using AlertBot.Desk.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlertBot.Desk;

/// <summary>Tells the framework who is signed in, so that pages can demand a signed-in person by an attribute.</summary>
internal sealed class ConsoleAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ConsoleSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "console";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await sessions.FindAsync(Context) is not { } who)
            return AuthenticateResult.NoResult();

        Claim[] claims = [new(ClaimTypes.NameIdentifier, who.Session.Id.Value.ToString("N")), new(ClaimTypes.Role, who.Person.Role.ToString())];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name));
    }

    // To whoever may not see a page it is as one that does not exist.
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        await new RazorComponentResult<NothingHerePage>(new { Language = await sessions.LanguageAsync(Context) })
        {
            StatusCode = StatusCodes.Status404NotFound,
        }.ExecuteAsync(Context);

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect(ConsoleEndpoints.SignIn);
        return Task.CompletedTask;
    }
}
