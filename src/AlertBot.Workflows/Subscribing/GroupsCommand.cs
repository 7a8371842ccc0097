using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// <c>/groups</c>: lists which group follows which case, with buttons to unlink, even for a group that has thrown the bot out. <c>link:off.N.…</c> is
/// pressed in private.
/// </summary>
public sealed class GroupsCommand(LinkGroup linkGroup) : IChatCommand, IPress
{
    private const int Most = 40;
    private const int PerRow = 4;

    public string Name => "groups";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs))
            return;
        var (text, buttons) = await PageAsync(talk);
        talk.Reply(text, buttons);
    }

    /// <summary><c>off.GROUP.CODE</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || talk.Person is null || data.Split('.') is not ["off", var id, var typed]
            || !Guid.TryParseExact(id, "N", out var group) || !Domain.Cases.CaseCode.TryParse(typed, out var code)
            || await talk.Session.Addresses.FindAsync(new AddressId(group)) is not { } address
            || await linkGroup.EndAsync(talk.Session, code, address) != Subscribed.Done)
        {
            talk.Notice("button.stale");
            return;
        }

        var (text, buttons) = await PageAsync(talk);
        talk.EditPressed(text, buttons);
    }

    private static async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Buttons)> PageAsync(Talk talk)
    {
        var links = await talk.Session.Subscriptions.LinksOfGroupsAsync();
        if (links.Count == 0)
            return (talk.Texts.Say(talk.Language, "groups.none"), []);

        var lines = new List<RichText> { talk.Texts.Say(talk.Language, "groups.title") };
        var buttons = new List<Choice>();
        foreach (var (address, code, isDark) in links.Take(Most))
        {
            var number = lines.Count;
            lines.Add(talk.Texts.Say(
                talk.Language, "groups.line", ("number", number), ("title", await talk.Session.Addresses.TitleAsync(address) ?? "–"),
                ("code", code), ("dark", isDark)));
            buttons.Add(new Choice(
                string.Create(CultureInfo.InvariantCulture, $"✕ {number}"), $"groups:off.{address.Value:N}.{code}"));
        }

        return (RichText.Join("\n", lines), buttons.Chunk(PerRow).ToList());
    }
}
