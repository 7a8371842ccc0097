using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// Takes a coordinator's answer to a captcha. The answer is stored first, so that no restart loses it. <see cref="ChannelErrands"/> then gives it to
/// the messenger and reports the result.
/// </summary>
public sealed class AnswerChallenge
{
    private const string Beginning = "signalcaptcha://";
    private const int Shortest = 16;
    private const int Longest = 12_000;

    /// <summary>The token in a person's text; null if there is none.</summary>
    public static string? TokenIn(string typed)
    {
        var token = typed.Trim().Trim('<', '>', '"', '`');
        if (token.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase))
            token = token[Beginning.Length..];
        return token.Length is >= Shortest and <= Longest && !token.Any(char.IsWhiteSpace) && token.All(char.IsAscii) ? token : null;
    }

    /// <param name="here">The address that hears the messenger's verdict.</param>
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

    /// <summary>The text holds no solved captcha.</summary>
    NoToken,

    NotAllowed,
}
