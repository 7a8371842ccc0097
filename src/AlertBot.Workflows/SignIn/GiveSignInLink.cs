using AlertBot.Domain.People;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.SignIn;

/// <summary>Gives a coordinator a link to sign in to the desk. A new link ends the earlier ones.</summary>
public sealed class GiveSignInLink(ConsolePlace place)
{
    /// <summary>How long the whole sign-in may take.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    private const int MostInALife = 5;

    public async Task<SignInOffer> RunAsync(Session session, AddressId from)
    {
        if (session.Actor.Person is not { } person || !person.MayActAs(Role.Coordinator))
            return new SignInOffer.NotAllowed();
        if (place.Url is null)
            return new SignInOffer.NoPlace();
        if (await session.SignInLinks.CountAsync(person.Id, session.Now - Life) >= MostInALife)
            return new SignInOffer.TooMany();

        var (link, token) = (new SignInLink(SignInLinkId.New(), person.Id, from, SignInState.Given, session.Now + Life), ConsoleSecret.New());
        await session.SignInLinks.EndAllAsync(person.Id);
        await session.SignInLinks.AddAsync(link, token);
        await session.Audit.AddAsync(person.Id, ConsoleActs.Link, link.Id.Value);
        return new SignInOffer.Link(place.LinkOf(token.Reveal())!);
    }
}

public abstract record SignInOffer
{
    private SignInOffer() { }

    /// <param name="Url">Shown once and stored nowhere.</param>
    public sealed record Link(Uri Url) : SignInOffer
    {
        public override string ToString() => "(link)";
    }

    /// <summary>No address is known at which the desk can be reached.</summary>
    public sealed record NoPlace : SignInOffer;

    /// <summary>The person got too many links within the life of one.</summary>
    public sealed record TooMany : SignInOffer;

    public sealed record NotAllowed : SignInOffer;
}
