using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.SignIn;

/// <summary><c>/console</c>: gives a sign-in link to the desk and lists open sessions; <c>/console end</c> ends all of them.</summary>
public sealed class ConsoleCommand(GiveSignInLink give, ConfirmSignIn confirm, EndConsoleSession end, ConsolePlace place) : IChatCommand, IPress
{
    private const string End = "end";

    public string Name => "console";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is not { } person)
            return;

        if (arguments.Equals(End, StringComparison.OrdinalIgnoreCase))
        {
            talk.Reply("console.ended", ("count", await end.AllAsync(talk.Session, person.Id)));
            return;
        }

        switch (await give.RunAsync(talk.Session, talk.Here.Id))
        {
            case SignInOffer.Link { Url: var url }:
                var text = talk.Texts.Say(talk.Language, "console.link", ("life", GiveSignInLink.Life), ("address", url.AbsoluteUri));
                talk.Reply(place.IsLocal ? text + RichText.Of("\n\n") + talk.Texts.Say(talk.Language, "console.local-only") : text);
                break;
            case SignInOffer.TooMany:
                talk.Reply("console.too-many", ("life", GiveSignInLink.Life));
                break;
            default:
                talk.Reply("console.no-place");
                break;
        }

        if (await ListAsync(talk, person) is var (open, choices))
            talk.Reply(open, choices);
    }

    /// <summary><c>is.LINK.NUMBER</c>, <c>no.LINK</c>, <c>end.SESSION</c>, <c>all</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is not { } person)
        {
            talk.Notice("button.stale");
            return;
        }

        switch (data.Split('.'))
        {
            case ["is", var id, var said]
                when IdOf(id) is { } link && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                Answer(talk, await confirm.RunAsync(talk.Session, new SignInLinkId(link), number));
                break;
            case ["no", var id] when IdOf(id) is { } link:
                Answer(talk, await confirm.RunAsync(talk.Session, new SignInLinkId(link), null));
                break;
            case [End, var id] when IdOf(id) is { } session && await end.RunAsync(talk.Session, person.Id, new ConsoleSessionId(session)):
                talk.EditPressed(talk.Texts.Say(talk.Language, "console.ended", ("count", 1)));
                if (await ListAsync(talk, person) is var (open, choices))
                    talk.Reply(open, choices);
                break;
            case ["all"]:
                talk.EditPressed(talk.Texts.Say(talk.Language, "console.ended", ("count", await end.AllAsync(talk.Session, person.Id))));
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private static void Answer(Talk talk, SignInAnswer answer)
    {
        if (answer == SignInAnswer.Stale)
            talk.Notice("button.stale");
        else
            talk.EditPressed(talk.Texts.Say(
                talk.Language,
                answer switch { SignInAnswer.Confirmed => "console.confirmed", SignInAnswer.Wrong => "console.wrong", _ => "console.was-not-me" },
                ("life", BeginConsoleSession.Life)));
    }

    private static async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Choices)?> ListAsync(Talk talk, Person person)
    {
        var open = await talk.Session.ConsoleSessions.OfAsync(person.Id);
        if (open.Count == 0)
            return null;

        var lines = open.Select((one, index) => talk.Texts.Say(
            talk.Language, "console.session", ("number", index + 1), ("browser", ConsoleWords.Of(one.Browser, talk.Language, talk.Texts)),
            ("since", one.BeganAt.InZone(talk.Zone)), ("until", one.ExpiresAt.InZone(talk.Zone))));
        var buttons = open.Select((one, index) => new Choice(
            talk.Texts.Plain(talk.Language, "console.end-one", ("number", index + 1)), $"console:{End}.{one.Id.Value:N}")).Chunk(3)
            .Append([talk.Button("console.end-all", "console:all")]);
        return (RichText.Join("\n", lines.Prepend(talk.Texts.Say(talk.Language, "console.sessions"))), buttons.ToList());
    }

    private static Guid? IdOf(string text) => Guid.TryParseExact(text, "N", out var id) ? id : null;
}
