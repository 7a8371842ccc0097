using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Entrance;

/// <summary><c>/language</c>, and the buttons that choose one. In a group, a coordinator chooses for all.</summary>
public sealed class LanguageCommand(CommandMenus menus, IReadOnlyList<IChannel> channels, ChooseLanguage chooseLanguage) : IChatCommand, IPress
{
    public string Name => "language";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Anywhere;

    public string Prefix => LanguageChoices.Prefix;

    public async Task RunAsync(Talk talk, string arguments)
    {
        // Other members of a group get no answer, as for an unknown command.
        if (talk.IsGroup && !talk.May(Role.Coordinator))
            return;

        if (arguments.Length > 0 && await ChooseAsync(talk, arguments.ToLowerInvariant()))
            talk.Reply("language.changed");
        else
            talk.Reply(
                Unused.Before(talk, arguments, talk.Texts.Say(talk.Language, "language.choose")),
                LanguageChoices.Of(talk.Texts.Languages, LanguageChoices.Alone));
    }

    public async Task PressAsync(Talk talk, string data)
    {
        var isStart = data.EndsWith(LanguageChoices.AtStart, StringComparison.Ordinal);
        if (!await ChooseAsync(talk, isStart ? data[..^LanguageChoices.AtStart.Length] : data))
            talk.Notice("button.stale");
        else if (isStart)
            StartCommand.Welcome(talk, menus, inPlace: true);
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "language.changed"));
    }

    private async Task<bool> ChooseAsync(Talk talk, string code)
    {
        if (talk.Texts.Languages.FirstOrDefault(language => language.Code.Equals(code, StringComparison.OrdinalIgnoreCase))?.Code is not { } known
            || talk.Person is not { } person)
            return false;

        var isDone = talk.IsGroup
            ? await chooseLanguage.ForGroupAsync(talk.Session, talk.Here, known)
            : await chooseLanguage.ForPersonAsync(talk.Session, person, known);
        if (!isDone)
            return false;

        talk.Language = known;
        if (!talk.IsGroup)
            talk.Afterward(ct => menus.SetForAsync(channels, person with { Language = known }, talk.Here, ct));
        return true;
    }
}
