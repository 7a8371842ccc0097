using System.Text;
using System.Text.RegularExpressions;
using AlertBot.Cli;
using AlertBot.Desk.Api;
using AlertBot.Desk.Frame;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Chat;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>
/// <c>docs/who-may-do-what.md</c>: every act in chat, at the desk, by programs and on the command line with the roles that may do it, as the code has
/// them; and every act on a case or an incident with who may do it, as it turns out when each of them tries.
/// </summary>
public sealed class Who_may_do_what
{
    private const string File = "docs/who-may-do-what.md";

    private const string Head =
        """
        # Who may do what

        Made from the code by the test `Who_may_do_what`, which fails when this page and the code differ.
        With `ALERTBOT_DOCS=true` it writes the page.

        A role includes the roles before it. An advocate sees and does this for the cases that they follow with a coordinator's consent, and for the
        incidents that a coordinator had them told; coordinators for all. A suspended role may do nothing. Whoever lacks the role gets the answer
        to an unknown command, or a page that does not exist. The act itself checks the role again, wherever it is asked for.

        """;

    private const string ActsHead =
        """

        ## On a case or an incident

        What each may do is found out by trying every act, as every one of these, on one case with its incident. An advocate is nothing to it
        (*no one*), has asked to follow it (*asked*), follows it with a coordinator's consent (*follows*), was told of the incident by a
        coordinator's choice (*told*), or has taken it then (*has it*). A *program* has the token of a coordinator, and reaches only what the
        API offers. The last column says from where an act can be asked for. Somebody suspended, tried too, may do none of them.

        """;

    private static readonly (Relation Relation, string Column)[] Columns =
    [
        (Relation.Reporter, "reporter"), (Relation.None, "no one"), (Relation.Waits, "asked"), (Relation.Follows, "follows"),
        (Relation.Told, "told"), (Relation.Has, "has it"), (Relation.Coordinator, "coordinator"), (Relation.Owner, "owner"),
        (Relation.Program, "program"), (Relation.Machine, "machine"),
    ];

    [PostgresFact]
    public async Task Stands_in_the_table_as_the_code_has_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);

        var table = new StringBuilder(Head);
        Add(table, "In the chat", "Command", bot.Services.GetServices<IChatCommand>().DistinctBy(command => command.Name)
            .Select(command => ("/" + command.Name, command.Needs)));
        Add(table, "At the desk", "Page or act", desk.Endpoints.Select(endpoint => (ActOf(endpoint), NeedsOf(endpoint))).Distinct());
        AddApi(table, desk);
        table.Append("\n## On the command line\n\nA person with the machine and its key file may do everything: ");
        table.AppendJoin(", ", CommandLine.Verbs().Subcommands.Select(verb => $"`{verb.Name}`").Order(StringComparer.Ordinal)).Append(".\n");
        await AddActsAsync(table, await CaseWorld.CreateAsync(bot));

        var path = Path.Combine(Root, File);
        if (Environment.GetEnvironmentVariable("ALERTBOT_DOCS") == "true")
            await System.IO.File.WriteAllTextAsync(path, table.ToString());
        Assert.Equal(table.ToString(), (await System.IO.File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"));
        // Nothing of the desk is open to somebody who is not signed in, but signing in and what every page needs.
        Assert.All(
            desk.Endpoints.Where(endpoint => NeedsOf(endpoint) < Role.Coordinator),
            endpoint => Assert.Matches("sign-in|wait|desk.css|desk.js|icon.svg", endpoint.RoutePattern.RawText));
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !Path.Exists(Path.Combine(folder.FullName, "AlertBot.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
        }
    }

    private static void Add(StringBuilder table, string title, string what, IEnumerable<(string Act, Role Needs)> acts)
    {
        var roles = Enum.GetValues<Role>();
        table.Append("\n## ").Append(title).Append("\n\n| ").Append(what).Append(" | ");
        table.AppendJoin(" | ", roles.Select(role => role.ToString().ToLowerInvariant())).Append(" |\n|---|");
        table.AppendJoin("", roles.Select(_ => "---|")).Append('\n');
        foreach (var (act, needs) in acts.OrderBy(row => row.Act, StringComparer.Ordinal))
            table.Append("| `").Append(act).Append("` | ").AppendJoin(" | ", roles.Select(role => role >= needs ? "yes" : "–")).Append(" |\n");
    }

    private static void AddApi(StringBuilder table, OpenDesk desk)
    {
        table.Append(
            """

            ## By programs

            A program acts as the coordinator or owner who made its token, and only within the token's scopes; others cannot make one.

            | Address | scope of the token |
            |---|---|

            """);
        foreach (var row in desk.Api.Select(address => $"| `{ActOf(address)}` | {ScopeOf(address)} |\n").Order(StringComparer.Ordinal))
            table.Append(row);
    }

    private static string ScopeOf(RouteEndpoint address) =>
        address.Metadata.GetMetadata<NeededScope>()?.Scope?.ToString().ToLowerInvariant() ?? "any";

    private static async Task AddActsAsync(StringBuilder table, CaseWorld world)
    {
        // An act without a line, or a line without an act.
        Assert.Equal(CaseActs.Known.Order(StringComparer.Ordinal), CaseActs.All.Select(act => act.Name).Order(StringComparer.Ordinal));
        table.Append(ActsHead).Append("| Act | ").AppendJoin(" | ", Columns.Select(column => column.Column)).Append(" | asked for |\n|---|");
        table.AppendJoin("", Columns.Select(_ => "---|")).Append("---|\n");
        foreach (var act in CaseActs.All.OrderBy(act => act.What, StringComparer.Ordinal))
        {
            var from = FromWhere(act.Of);
            table.Append("| ").Append(act.What);
            foreach (var (relation, _) in Columns)
            {
                var may = await world.MayAsync(relation, act.Try);
                Assert.True(may || relation != Relation.Owner, $"Nobody may {act.What}, or it cannot be tried like this.");
                Assert.False(may && relation == Relation.Reporter, act.What);
                table.Append(may && IsReached(relation, from) ? " | yes" : " | –");
            }

            Assert.False(await world.MayAsync(Relation.Suspended, act.Try), act.What);
            table.Append(" | ").AppendJoin(", ", from).Append(" |\n");
        }
    }

    private static bool IsReached(Relation relation, IReadOnlyCollection<string> from) => relation switch
    {
        Relation.Program => from.Contains("API"),
        Relation.Machine => from.Contains("command line"),
        _ => from.Contains("chat") || from.Contains("desk"),
    };

    // By which files name the class: what offers acts to people is named so.
    private static List<string> FromWhere(Type act) => new[]
    {
        ("chat", "src/AlertBot.Workflows", "(Command|Press|Conversation|Ending|Talk|Page)\\.cs$"), ("desk", "src/AlertBot.Console", "^(?!.*/Api/)"),
        ("API", "src/AlertBot.Console/Api", ""), ("command line", "src/AlertBot/Cli", ""),
    }.Where(where => Directory.EnumerateFiles(Path.Combine(Root, where.Item2), "*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(file) != act.Name + ".cs")
        .Where(file => Regex.IsMatch(file, where.Item3))
        .Any(file => Regex.IsMatch(System.IO.File.ReadAllText(file), $@"\b{act.Name}\b"))).Select(where => where.Item1).ToList();

    private static string ActOf(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET"} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    // Pages say it by an attribute. A form and a file ask who is signed in, and only coordinators can be.
    private static Role NeedsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Roles switch
    {
        DeskPlaces.Owners => Role.Owner,
        not null => Role.Coordinator,
        null => IsOpen(endpoint.RoutePattern.RawText!) ? Role.Reporter : Role.Coordinator,
    };

    private static bool IsOpen(string path) => path.Contains("/sign-in", StringComparison.Ordinal) || path.EndsWith("/wait", StringComparison.Ordinal)
        || path.EndsWith(".css", StringComparison.Ordinal) || path.EndsWith(".js", StringComparison.Ordinal)
        || path.EndsWith(".svg", StringComparison.Ordinal);
}
