using System.Globalization;
using System.Security.Cryptography;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.SignIn;

/// <summary>A browser opens a link. The link is bound to it, and the person is asked in chat which number it shows.</summary>
public sealed class OpenSignInLink(TextCatalog texts)
{
    private const int LeastNumber = 10;
    private const int Numbers = 90;
    private const int Shown = 3;

    /// <param name="holds">The browser's secret of a link that it opened before.</param>
    public async Task<OpenedSignInLink> RunAsync(Session session, ConsoleSecret token, ConsoleSecret? holds, Browser browser)
    {
        if (await session.SignInLinks.TakeAsync(token) is not { } link)
            return new OpenedSignInLink.Refused();
        if (await session.People.FindAsync(link.Person) is not { } person || !person.MayActAs(Role.Coordinator))
            return await RefuseAsync(session, link, "role");
        if (link.IsOverAt(session.Now))
            return await RefuseAsync(session, link, "over");
        if (link.State != SignInState.Given)
        {
            return holds is { } before && await session.SignInLinks.IsOpenedByAsync(link, before)
                ? new OpenedSignInLink.Before()
                : await RefuseAsync(session, link, "other-browser");
        }

        var (secret, number) = (ConsoleSecret.New(), LeastNumber + RandomNumberGenerator.GetInt32(Numbers));
        await session.SignInLinks.OpenAsync(link, secret, browser, number);
        await session.Audit.AddAsync(person.Id, ConsoleActs.Open, link.Id.Value);
        await AskAsync(session, link, person, browser, number);
        return new OpenedSignInLink.Now(secret);
    }

    private static async Task<OpenedSignInLink> RefuseAsync(Session session, SignInLink link, string why)
    {
        await session.Audit.AddAsync(link.Person, ConsoleActs.Refuse, link.Id.Value, why);
        return new OpenedSignInLink.Refused();
    }

    private async Task AskAsync(Session session, SignInLink link, Person person, Browser browser, int number)
    {
        if (await session.Addresses.FindAsync(link.From) is not { } address)
            return;

        var language = person.Language;
        var numbers = Among(number).Select(one => new Choice(
            one.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"console:is.{link.Id.Value:N}.{one}"))).ToList();
        var question = new OutgoingMessage(
            texts.Say(language, "console.ask", ("browser", ConsoleWords.Of(browser, language, texts)), ("at", session.Now.InZone(person.Zone))),
            [numbers, [new Choice(texts.Plain(language, "console.not-me"), $"console:no.{link.Id.Value:N}")]]);
        await session.Outbox.AddAsync(
        [
            new NewDelivery(
                $"console:{link.Id.Value:N}", address.Id, address.At.Channel, DeliveryPriority.Now, question, texts.Say(language, "alert.repeat"),
                session.Now, link.ExpiresAt),
        ]);
    }

    // A person who presses without looking at the browser is wrong two times in three.
    private static IEnumerable<int> Among(int number)
    {
        var numbers = new HashSet<int> { number };
        while (numbers.Count < Shown)
            numbers.Add(LeastNumber + RandomNumberGenerator.GetInt32(Numbers));
        return numbers.Order();
    }
}

/// <summary>The result of opening a link.</summary>
public abstract record OpenedSignInLink
{
    private OpenedSignInLink() { }

    /// <param name="Secret">For the browser's cookie; shown once and stored nowhere.</param>
    public sealed record Now(ConsoleSecret Secret) : OpenedSignInLink;

    /// <summary>This very browser opened it before, and goes on waiting.</summary>
    public sealed record Before : OpenedSignInLink;

    /// <summary>The reason is in the audit log, and the browser does not learn it.</summary>
    public sealed record Refused : OpenedSignInLink;
}
