using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/case CODE</c>: one case, what happened and what is due.</summary>
public sealed class CaseCommand(CasePage page, FindCommand find) : IChatCommand
{
    public string Name => "case";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (CaseCode.TryParse(arguments, out var code))
            await page.ShowAsync(talk, code);
        else if (arguments.Length > 0)
            await OtherwiseAsync(talk, arguments);
        else
            await AskAsync(talk);
    }

    // A code with a slip in it, or the name of somebody.
    private async Task OtherwiseAsync(Talk talk, string typed)
    {
        if ((await NearCodes.OfAsync(talk, typed)).Count == 0 && typed.Any(char.IsLetter) && !typed.Any(char.IsDigit))
            await find.RunAsync(talk, typed);
        else
            await NearCodes.ReplyAsync(talk, typed, Name);
    }

    private async Task AskAsync(Talk talk)
    {
        var ids = talk.Person is not null ? await CaseAccess.AllAsync(talk.Session) : [];
        var files = (await talk.Session.Cases.LoadAsync(ids)).Where(file => file.Status != CaseStatus.Closed).ToList();
        if (files.Count == 1)
            await page.ShowAsync(talk, files[0].Code);
        else
            talk.Reply(talk.Texts.Say(talk.Language, "case.which"), CaseChoices.Of(files.Select(file => file.Code)));
    }
}
