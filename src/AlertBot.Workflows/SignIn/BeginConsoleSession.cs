using AlertBot.Domain.People;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.SignIn;

/// <summary>Answers the browser that opened a link when it returns: it waits for the confirmation of its number, then gets its session.</summary>
public sealed class BeginConsoleSession
{
    public static readonly Duration Life = Duration.FromHours(12);

    /// <param name="holds">The secret that the browser got when it opened the link.</param>
    public async Task<SignInProgress> RunAsync(Session session, ConsoleSecret holds)
    {
        if (await session.SignInLinks.TakeOfBrowserAsync(holds) is not { Browser: { } browser, Number: { } number } link
            || await session.People.FindAsync(link.Person) is not { } person)
            return new SignInProgress.Over(null);
        if (link.IsOverAt(session.Now) || !person.MayActAs(Role.Coordinator))
            return new SignInProgress.Over(person.Language);
        if (link.State != SignInState.Confirmed)
            return new SignInProgress.Waiting(number, person.Language);

        // A new secret: the one from before the confirmation opens nothing.
        var (begun, secret) = (new ConsoleSession(ConsoleSessionId.New(), person.Id, browser, session.Now, session.Now + Life), ConsoleSecret.New());
        await session.ConsoleSessions.AddAsync(begun, secret);
        await session.SignInLinks.SetStateAsync(link, SignInState.Used);
        await session.Audit.AddAsync(person.Id, ConsoleActs.SignIn, begun.Id.Value);
        return new SignInProgress.Begun(secret);
    }
}

/// <summary>The answer to a browser that returns.</summary>
public abstract record SignInProgress
{
    private SignInProgress() { }

    /// <param name="Number">The number to show, so that the person can confirm it in chat.</param>
    public sealed record Waiting(int Number, string Language) : SignInProgress;

    /// <param name="Secret">For the session's cookie; shown once and stored nowhere.</param>
    public sealed record Begun(ConsoleSecret Secret) : SignInProgress;

    /// <param name="Language">Null if the person is unknown.</param>
    public sealed record Over(string? Language) : SignInProgress;
}
