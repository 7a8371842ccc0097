using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// The commands of a role, as menu and as help. The list is made from the registered commands, so that it promises none that does not
/// exist.
/// </summary>
/// <param name="commands">Called late, because a command may show the list itself.</param>
public sealed class CommandMenus(Func<IEnumerable<IChatCommand>> commands, TextCatalog texts)
{
    // Headings with their commands, in the order in which people look for them. Commands without a heading come last.
    private static readonly (string Heading, string[] Names)[] Sections =
    [
        ("help.reports", ["queue", "verify", "attach", "detach", "mute", "report", "add", "status", "checkin"]),
        ("help.cases", ["newcase", "event", "correct", "say", "cases", "case", "next", "mine", "find", "subscribe", "unsubscribe"]),
        ("help.people",
            ["me", "invite", "people", "remove", "freeze", "link", "unlink", "groups", "captcha", "console", "audit", "doctor", "wipe"]),
        ("help.time", ["oncall", "drill", "channels", "quiet", "digest", "calendar"]),
        ("help.data", ["forget", "privacy", "stop"]),
        ("help.more", ["language", "cancel", "start", "help"]),
    ];

    private IReadOnlyDictionary<string, IChatCommand>? _known;

    public bool Has(string name) => Known.ContainsKey(name);

    /// <summary>The menu that a messenger shows in a private chat when somebody types a slash.</summary>
    public IReadOnlyList<CommandHint> For(Role role, string language) => Listed(role)
        .SelectMany(section => section.Commands)
        .Where(command => command.Place != CommandPlace.Group)
        .Select(command => new CommandHint(command.Name, Describe(command, language)))
        .ToList();

    public RichText Help(Role role, string language) => RichText.Join("\n\n", Listed(role).Select(section => RichText.Join(
        "\n",
        section.Commands.Select(command => texts.Say(language, "help.line", ("name", command.Name), ("what", Describe(command, language))))
            .Prepend(texts.Say(language, section.Heading)))));

    /// <summary>Sets the default menu in each language: a reporter's commands. People with another role get a menu of their own.</summary>
    public async Task SetForAllAsync(IChannel channel, CancellationToken ct)
    {
        await channel.SetCommandsAsync(For(Role.Reporter, TextCatalog.FallbackLanguage), null, null, ct);
        // Telegram's menus know two-letter languages only. People who chose another language get a menu in their own chat.
        foreach (var language in texts.Languages.Where(language => language.Code is { Length: 2 } and not TextCatalog.FallbackLanguage))
            await channel.SetCommandsAsync(For(Role.Reporter, language.Code), language.Code, null, ct);
    }

    /// <summary>Sets the menu of one person's chat after a change of role or language. Best called after the commit.</summary>
    public async Task SetForAsync(IEnumerable<IChannel> channels, Person person, Address chat, CancellationToken ct)
    {
        if (channels.FirstOrDefault(channel => channel.Kind == chat.At.Channel) is { } channel)
            await channel.SetCommandsAsync(For(person.IsFrozen ? Role.Reporter : person.Role, person.Language), null, chat.At, ct);
    }

    private IReadOnlyDictionary<string, IChatCommand> Known =>
        _known ??= commands().ToDictionary(command => command.Name, StringComparer.Ordinal);

    private IEnumerable<(string Heading, List<IChatCommand> Commands)> Listed(Role role)
    {
        var placed = Sections.SelectMany(section => section.Names).ToHashSet(StringComparer.Ordinal);
        var others = Known.Keys.Where(name => !placed.Contains(name)).Order(StringComparer.Ordinal);
        return Sections
            .Select(section => (section.Heading, Commands: (section.Heading == "help.more" ? section.Names.Concat(others) : section.Names)
                .Select(name => Known.GetValueOrDefault(name)).OfType<IChatCommand>().Where(command => command.Needs <= role).ToList()))
            .Where(section => section.Commands.Count > 0);
    }

    private string Describe(IChatCommand command, string language) => texts.Plain(language, "command." + command.Name);
}
