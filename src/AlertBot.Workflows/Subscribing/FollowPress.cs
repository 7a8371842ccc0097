using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>follow:yes|no.ADDRESS.CODE</c> under an alert that somebody wants to follow a case.</summary>
public sealed class FollowPress(Subscribe subscribe) : IPress
{
    public string Prefix => "follow";

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || talk.Person is null || data.Split('.') is not [("yes" or "no") and var answer, var who, var typed]
            || !Guid.TryParseExact(who, "N", out var address) || !CaseCode.TryParse(typed, out var code)
            || !await subscribe.AnswerAsync(talk.Session, code, new AddressId(address), answer == "yes"))
            talk.Notice("button.stale");
    }
}
