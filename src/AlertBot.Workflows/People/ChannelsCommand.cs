using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.People;

/// <summary><c>/channels</c>: a person's accounts, which one comes first, and how to add another.</summary>
public sealed class ChannelsCommand(JoinAccounts join, CommandMenus menus, IReadOnlyList<IChannel> channels) : IChatCommand, IPress
{
    public string Name => "channels";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => JoinAccounts.Press;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs) || talk.Person is not { } person)
            return;
        var (text, buttons) = await PageAsync(talk, person);
        talk.Reply(text, buttons);
    }

    /// <summary><c>first:CHANNEL</c>, <c>add</c>, <c>drop:ID</c>, and <c>yes:ID</c> or <c>no:ID</c> for an account that named the code.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is not { } person)
        {
            talk.Notice("button.stale");
            return;
        }

        var parts = data.Split(':', 2);
        switch (parts)
        {
            case ["add"] when await join.BeginAsync(talk.Session, person, talk.Here) is { } code:
                talk.EditPressed(talk.Texts.Say(talk.Language, "channels.how", ("code", code), ("long", JoinAccounts.Life)));
                break;
            case ["first", var name] when Words.Read<ChannelKind>(name) is { } channel:
                await talk.Session.People.UpdateAsync(person with { Prefers = channel });
                await ShowAsync(talk, person with { Prefers = channel });
                break;
            case ["drop", var id] when Guid.TryParseExact(id, "N", out var account)
                && await join.LeaveAsync(talk.Session, person, new AddressId(account)):
                await ShowAsync(talk, person);
                break;
            case ["yes" or "no", var id] when Guid.TryParseExact(id, "N", out var wish):
                await AnswerAsync(talk, person, wish, parts[0] == "yes");
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private async Task AnswerAsync(Talk talk, Person person, Guid wish, bool isMine)
    {
        var account = await join.AnswerAsync(talk.Session, wish, person, talk.Here, isMine);
        if (account is not null)
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, "channels.linked", ("channel", account.At.Channel)));
            talk.Afterward(ct => menus.SetForAsync(channels, person, account, ct));
        }
        else
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, isMine ? "channels.too-late" : "channels.refused"));
        }
    }

    private static async Task ShowAsync(Talk talk, Person person)
    {
        var (text, buttons) = await PageAsync(talk, person);
        talk.EditPressed(text, buttons);
    }

    private static async Task<(RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Buttons)> PageAsync(Talk talk, Person person)
    {
        var accounts = await talk.Session.Addresses.OfAsync(person.Id);
        var first = accounts.FirstOrDefault(one => !one.IsDark && one.At.Channel == person.Prefers)?.At.Channel
            ?? accounts.FirstOrDefault(one => !one.IsDark)?.At.Channel;
        var lines = accounts.Select(one => talk.Texts.Say(
            talk.Language, "channels.line", ("channel", one.At.Channel), ("first", one.At.Channel == first && !one.IsDark),
            ("here", one.Id == talk.Here.Id),
            ("dark", one.IsDark))).Prepend(talk.Texts.Say(talk.Language, "channels.title"));

        var rows = new List<IReadOnlyList<Choice>>();
        rows.AddRange(accounts.Select(one => one.At.Channel).Distinct().Where(channel => channel != first).Select(channel =>
            (IReadOnlyList<Choice>)[new Choice(
                talk.Texts.Plain(talk.Language, "channels.first", ("channel", channel)), $"{JoinAccounts.Press}:first:{channel}")]));
        rows.Add([talk.Button("channels.add", $"{JoinAccounts.Press}:add")]);
        if (accounts.Count > 1)
        {
            rows.AddRange(accounts.Where(one => one.Id != talk.Here.Id).Select(one => (IReadOnlyList<Choice>)[
                new Choice(
                    talk.Texts.Plain(talk.Language, "channels.drop", ("channel", one.At.Channel)), $"{JoinAccounts.Press}:drop:{one.Id.Value:N}")]));
        }

        return (RichText.Join("\n", lines), rows);
    }
}
