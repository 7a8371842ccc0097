using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.People;

/// <summary><c>hello:yes</c>: somebody who was brought in by an operator reads us. That they wrote is what counts; here they are thanked.</summary>
public sealed class HelloPress : IPress
{
    public string Prefix => Handshake.Press;

    public Task PressAsync(Talk talk, string data)
    {
        talk.EditPressed(talk.Texts.Say(talk.Language, "hello.thanks"));
        return Task.CompletedTask;
    }
}
