using AlertBot.Domain.Channels;
using AlertBot.Domain.Names;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Names;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// <c>/find NAME</c>: the cases that may be meant, however the name is spelled, with the reasons. Only cases that the one who
/// asks may see; codes and letters, never a registered name.
/// </summary>
public sealed class FindCommand(NameRegistry registry) : IChatCommand
{
    private const int Most = 5;

    // Of those that one may not see there may be many before the first that one may.
    private const int LookedAt = 50;

    public string Name => "find";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is null)
            return;
        if (arguments.Length == 0)
        {
            talk.Reply("find.ask");
            return;
        }

        var visible = (await CaseAccess.AllAsync(talk.Session)).ToHashSet();
        var found = (await registry.FindAsync(arguments, LookedAt, talk.Cancelled))
            .Where(match => match.Band != NameBand.No && visible.Contains(match.Id)).Take(Most).ToList();
        if (found.Count == 0)
        {
            talk.Reply("find.none");
            return;
        }

        var codes = (await talk.Session.Cases.LoadAsync(found.Select(match => match.Id).ToList())).ToDictionary(file => file.Id, file => file.Code);
        var lines = found.Select(match => MatchWords.Of(codes[match.Id].Text, match.Score, match.Reasons, talk.Language, talk.Texts));
        talk.Reply(
            RichText.Join("\n", lines.Prepend(talk.Texts.Say(talk.Language, "find.title"))),
            CaseChoices.Of(found.Select(match => codes[match.Id])));
    }
}
