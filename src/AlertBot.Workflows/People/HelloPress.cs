using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.People;

/// <summary><c>hello:yes</c>: thanks somebody whom an operator imported for answering. The answer itself is what counts.</summary>
public sealed class HelloPress : IPress
{
    public string Prefix => Handshake.Press;

    public Task PressAsync(Talk talk, string data)
    {
        talk.EditPressed(talk.Texts.Say(talk.Language, "hello.thanks"));
        return Task.CompletedTask;
    }
}
