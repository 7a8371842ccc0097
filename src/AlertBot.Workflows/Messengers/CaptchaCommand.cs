using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Messengers;

/// <summary><c>/captcha TOKEN</c>: answers a messenger's captcha.</summary>
public sealed class CaptchaCommand(ChannelErrands errands, AnswerChallenge answerChallenge) : IChatCommand, IConversation
{
    private const int StateVersion = 1;

    public string Name => "captcha";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Kind => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (arguments.Length > 0)
            await TakeAsync(talk, arguments);
        else if (await talk.Session.Challenges.OldestAsync() is { } challenge)
            await AskAsync(talk, challenge.IsAnswered ? "captcha.judged" : "captcha.asked", challenge);
        else
            talk.Reply("captcha.nothing-asked");
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (talk.May(Needs))
        {
            await TakeAsync(talk, talk.Update.Text ?? "");
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply("unknown-command");
    }

    private async Task TakeAsync(Talk talk, string said)
    {
        var taken = talk.Person is not null ? await answerChallenge.RunAsync(talk.Session, said, talk.Here) : AnswerTaken.NotAllowed;
        if (taken == AnswerTaken.NoToken)
        {
            await AskAsync(talk, "captcha.no-token", await talk.Session.Challenges.OldestAsync());
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply(taken switch
        {
            AnswerTaken.Taken => "captcha.handed-over",
            AnswerTaken.NothingAsked => "captcha.nothing-asked",
            _ => "unknown-command",
        });
        if (taken == AnswerTaken.Taken)
            talk.Afterward(errands.RunAsync);
    }

    // The next message is the token, with or without the command in front.
    private async Task AskAsync(Talk talk, string key, Challenge? challenge)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, StateVersion, new Asked());
        talk.Reply(
            talk.Texts.Say(talk.Language, key, ("channel", challenge?.Channel.ToString() ?? "")) + Domain.Channels.RichText.Of("\n")
            + talk.Texts.Say(talk.Language, "captcha.how"));
    }

    /// <summary>Empty, because only the fact that the question was put must be saved.</summary>
    private sealed record Asked;
}
