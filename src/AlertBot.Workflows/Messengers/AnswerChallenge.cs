using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// A coordinator solved a captcha. The answer is written down first, so that no restart loses it; <see cref="ChannelErrands"/>
/// hands it to the messenger and tells what that said.
/// </summary>
public sealed class AnswerChallenge
{
    private const string Beginning = "signalcaptcha://";
    private const int Shortest = 16;
    private const int Longest = 12_000;

    /// <summary>The token in what a person copied; null: there is none.</summary>
    public static string? TokenIn(string typed)
    {
        var token = typed.Trim().Trim('<', '>', '"', '`');
        if (token.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase))
            token = token[Beginning.Length..];
        return token.Length is >= Shortest and <= Longest && !token.Any(char.IsWhiteSpace) && token.All(char.IsAscii) ? token : null;
    }

    /// <param name="here">Where the answer of the messenger is told.</param>
    public async Task<AnswerTaken> RunAsync(Session session, string typed, Address here)
    {
        if (!session.Actor.MayActAs(Role.Coordinator))
            return AnswerTaken.NotAllowed;
        if (await session.Challenges.OldestAsync() is not { } challenge)
            return AnswerTaken.NothingAsked;
        if (TokenIn(typed) is not { } token)
            return AnswerTaken.NoToken;

        await session.Challenges.AnswerAsync(challenge.Id, token, here.Id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("channel.answer"), challenge.Id, Words.Snake(challenge.Channel.ToString()));
        return AnswerTaken.Taken;
    }
}

public enum AnswerTaken
{
    Taken,

    /// <summary>No messenger waits for an answer.</summary>
    NothingAsked,

    /// <summary>What was copied is no solved captcha.</summary>
    NoToken,

    NotAllowed,
}
