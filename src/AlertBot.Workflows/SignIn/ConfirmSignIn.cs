using System.Buffers.Binary;
using System.Security.Cryptography;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.SignIn;

/// <summary>The person confirms the number that the browser shows, or says that the browser is not theirs. A wrong number ends the sign-in.</summary>
public sealed class ConfirmSignIn
{
    /// <param name="number">Null if the browser is not theirs.</param>
    public async Task<SignInAnswer> RunAsync(Session session, SignInLinkId id, int? number)
    {
        if (!session.Actor.MayActAs(Role.Coordinator)
            || await session.SignInLinks.TakeAsync(id) is not { State: SignInState.Opened, Number: { } shown } link
            || link.Person != session.Actor.Id || link.IsOverAt(session.Now))
            return SignInAnswer.Stale;

        var answer = number is not { } named ? SignInAnswer.NotMe : IsSame(named, shown) ? SignInAnswer.Confirmed : SignInAnswer.Wrong;
        await session.SignInLinks.SetStateAsync(link, answer == SignInAnswer.Confirmed ? SignInState.Confirmed : SignInState.Ended);
        await session.Audit.AddAsync(
            session.Actor.Id, answer == SignInAnswer.Confirmed ? ConsoleActs.Confirm : ConsoleActs.Refuse, id.Value,
            answer switch { SignInAnswer.Wrong => "number", SignInAnswer.NotMe => "not-me", _ => null });
        return answer;
    }

    private static bool IsSame(int named, int shown)
    {
        Span<byte> left = stackalloc byte[sizeof(int)], right = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(left, named);
        BinaryPrimitives.WriteInt32BigEndian(right, shown);
        return CryptographicOperations.FixedTimeEquals(left, right);
    }
}

public enum SignInAnswer
{
    Confirmed,
    Wrong,
    NotMe,

    /// <summary>That sign-in is over, or another person's.</summary>
    Stale,
}
