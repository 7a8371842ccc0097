using System.Text;
using AlertBot.Cli;
using AlertBot.Desk.Frame;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Chat;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>
/// <c>docs/who-may-do-what.md</c>: every act in chat, at the desk and on the command line with the roles that may do it, as the code has them.
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

    [PostgresFact]
    public async Task Stands_in_the_table_as_the_code_has_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);

        var table = new StringBuilder(Head);
        Add(table, "In the chat", "Command", bot.Services.GetServices<IChatCommand>().DistinctBy(command => command.Name)
            .Select(command => ("/" + command.Name, command.Needs)));
        Add(table, "At the desk", "Page or act", desk.Endpoints.Select(endpoint => (ActOf(endpoint), NeedsOf(endpoint))).Distinct());
        table.Append("\n## On the command line\n\nA person with the machine and its key file may do everything: ");
        table.AppendJoin(", ", CommandLine.Verbs().Subcommands.Select(verb => $"`{verb.Name}`").Order(StringComparer.Ordinal)).Append(".\n");

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
