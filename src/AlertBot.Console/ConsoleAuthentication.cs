using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
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

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect(ConsoleEndpoints.SignIn);
        return Task.CompletedTask;
    }
}
