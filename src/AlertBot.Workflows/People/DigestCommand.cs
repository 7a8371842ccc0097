using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.People;

/// <summary><c>/digest [daily|weekly|off]</c>: a digest in the morning instead of single messages that are not urgent.</summary>
public sealed class DigestCommand(ChooseRhythm chooseRhythm) : IChatCommand, IPress
{
    private const string Off = "off";

    public string Name => "digest";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!await ChooseAsync(talk, arguments.ToLowerInvariant()) && talk.Person is { } person)
            talk.Reply(
                Unused.Before(talk, arguments, Standing(talk, (await talk.Session.Rhythms.OfAsync(person.Id)).Digest, "ask")), Buttons(talk));
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !await ChooseAsync(talk, data))
            talk.Notice("button.stale");
    }

    /// <returns>False if the word is no choice, or not this person's.</returns>
    private async Task<bool> ChooseAsync(Talk talk, string word)
    {
        var interval = Enum.GetValues<DigestInterval>().Cast<DigestInterval?>().FirstOrDefault(one => Words.Snake(one!.Value.ToString()) == word);
        if ((interval is null && word != Off) || talk.Person is not { } person
            || await chooseRhythm.DigestAsync(talk.Session, person, interval) is not { } kept)
            return false;

        var text = Standing(talk, interval, "changed");
        talk.EditPressed(kept.Count == 0 ? text : RichText.Join("\n\n", kept.Prepend(talk.Texts.Say(talk.Language, "digest.kept")).Prepend(text)));
        return true;
    }

    private static RichText Standing(Talk talk, DigestInterval? interval, string then)
    {
        var state = talk.Texts.Say(
            talk.Language, "digest.state", ("interval", interval is { } chosen ? chosen : Off), ("zone", talk.Zone));
        return then == "ask" ? state + RichText.Of("\n\n") + talk.Texts.Say(talk.Language, "digest.ask") : state;
    }

    private static IReadOnlyList<IReadOnlyList<Choice>> Buttons(Talk talk) =>
        [[talk.Button("digest.daily", "digest:daily"), talk.Button("digest.weekly", "digest:weekly")],
            [talk.Button("digest.never", "digest:" + Off)]];
}
