using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Chat;

/// <summary>Words behind a command that mean nothing to it: they are not passed over without a word.</summary>
internal static class Unused
{
    private const int Longest = 60;

    public static RichText Before(Talk talk, string words, RichText answer) => words.Length == 0
        ? answer
        : talk.Texts.Say(talk.Language, "unused-words", ("words", Shortened.To(words, Longest))) + RichText.Of("\n\n") + answer;
}
