using System.Text.RegularExpressions;

namespace AlertBot.Tests;

/// <summary>
/// The rooms of the workflows are folders by subject. A room may use others, but never in a circle, and the chat's engine knows no subject. The
/// compiler cannot check this inside one project.
/// </summary>
public sealed partial class RoomTests
{
    private const string Workflows = "src/AlertBot.Workflows/";

    /// <summary>The foundation of words and settings: every room may use it, and it uses no room.</summary>
    private static readonly string[] Ground = ["Configuration", "Texts"];

    private static readonly Dictionary<string, HashSet<string>> Uses = Read();

    [Fact]
    public void No_rooms_form_a_circle()
    {
        var circle = Uses.Keys.Select(room => PathBack(room, room, [])).FirstOrDefault(path => path is not null);

        Assert.True(circle is null, circle is null ? "" : string.Join(" -> ", circle));
    }

    [Fact]
    public void The_engine_of_the_chat_knows_no_subject() => Assert.Empty(Uses["Chat"].Except(Ground));

    /// <summary>
    /// A person's next message goes to the conversation that saved a state last. Only one driver does that, and two commands that ask for their
    /// argument.
    /// </summary>
    [Fact]
    public void Every_conversation_is_driven_by_the_same_class() => Assert.Equal(
        [Workflows + "Chat/GuidedConversation.cs", Workflows + "Messengers/CaptchaCommand.cs", Workflows + "People/QuietCommand.cs"],
        Files().Where(file => file.Text.Contains("Conversations.SaveAsync(", StringComparison.Ordinal)).Select(file => file.Path)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Rooms_have_no_rooms_inside() => Assert.Empty(
        Files().Where(file => file.Path[Workflows.Length..].Count(sign => sign == '/') > 1).Select(file => file.Path));

    [Fact]
    public void What_stands_in_a_room_belongs_to_its_namespace() => Assert.Empty(Files()
        .Where(file => RoomOf(file) is { } room && !file.Text.Contains($"namespace AlertBot.Workflows.{room};", StringComparison.Ordinal))
        .Select(file => file.Path));

    private static List<string>? PathBack(string to, string from, HashSet<string> seen)
    {
        foreach (var next in Uses.GetValueOrDefault(from) ?? [])
        {
            if (next == to)
                return [from, next];
            if (seen.Add(next) && PathBack(to, next, seen) is { } rest)
                return [from, .. rest];
        }

        return null;
    }

    // The build refuses an unused using, so the named namespaces are those in use.
    private static Dictionary<string, HashSet<string>> Read()
    {
        var files = Files().Where(file => RoomOf(file) is not null).ToList();
        var rooms = files.Select(file => RoomOf(file)!).ToHashSet(StringComparer.Ordinal);
        return files.GroupBy(file => RoomOf(file)!).ToDictionary(
            room => room.Key,
            room => room.SelectMany(file => Named().Matches(file.Text)).Select(match => match.Groups["room"].Value)
                .Where(named => rooms.Contains(named) && named != room.Key).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<SourceFile> Files() => SourceFile.Code(Workflows);

    private static string? RoomOf(SourceFile file) => file.Path[Workflows.Length..].Split('/') is [var room, _, ..] ? room : null;

    [GeneratedRegex(@"(?:\busing AlertBot\.|(?<![\w.]))Workflows\.(?<room>\w+)")]
    private static partial Regex Named();
}
