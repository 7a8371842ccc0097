using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Benchmarks.Desk;

/// <summary>
/// The pages of the desk by the program's own routes, each with addresses that links on other pages lead to: a page that comes later is walked by
/// itself, and one to which no link leads is found.
/// </summary>
internal sealed partial class DeskWalk
{
    private const string Home = "/console";

    // Not of somebody who is signed in, or no pages: a stream, a style sheet.
    private static readonly string[] Others = ["/console/sign-in", "/console/sign-in/{token}", "/console/wait", "/console/live"];

    private readonly IReadOnlyList<(string Route, TemplateMatcher Matcher)> _routes;
    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    private DeskWalk(IServiceProvider services) => _routes = RoutesOf(services).Where(one => MayGet(one) && !IsFile(PathOf(one)))
        .Select(PathOf).Where(path => path.StartsWith(Home, StringComparison.Ordinal) && !Others.Contains(path)).Distinct()
        // An address with fewer gaps goes first, as the program itself takes it.
        .OrderBy(path => path.Count(letter => letter == '{'))
        .Select(path => (path, new TemplateMatcher(TemplateParser.Parse(path.TrimStart('/')), []))).ToList();

    /// <summary>Every endpoint of the running program that has a route.</summary>
    public static IReadOnlyList<RouteEndpoint> RoutesOf(IServiceProvider services) =>
        services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct().ToList();

    public static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    public static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];

    /// <summary>Pages and files by their route, each with the addresses found.</summary>
    public IReadOnlyDictionary<string, List<string>> Found => _found;

    /// <summary>Routes to which nothing leads. A file is there only if somebody sent one.</summary>
    public IReadOnlyList<string> Unfound => _routes.Select(one => one.Route)
        .Where(route => !_found.ContainsKey(route) && !route.Contains("/file/", StringComparison.Ordinal)).ToList();

    /// <param name="most">How many addresses of one route are kept.</param>
    /// <param name="seen">Is shown each page with its address.</param>
    public static async Task<DeskWalk> WalkAsync(
        IServiceProvider services, HttpClient browser, int most, Action<string, HttpStatusCode, string>? seen = null)
    {
        var walk = new DeskWalk(services);
        var waiting = new Queue<string>([Home]);
        walk._found[Home] = [Home];
        while (waiting.TryDequeue(out var path))
        {
            using var answer = await browser.GetAsync(path);
            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
            var page = isPage ? await answer.Content.ReadAsStringAsync() : "";
            seen?.Invoke(path, answer.StatusCode, page);
            if (answer.StatusCode != HttpStatusCode.OK || !isPage)
                continue;
            foreach (var link in Link().Matches(page).Select(found => WebUtility.HtmlDecode(found.Groups["to"].Value)))
            {
                var place = link.Split('?', '#')[0];
                if (walk.RouteOf(place) is not { } route)
                    continue;
                var known = walk._found.TryGetValue(route, out var list) ? list : walk._found[route] = [];
                if (known.Count >= most || known.Contains(link))
                    continue;
                known.Add(link);
                waiting.Enqueue(link);
            }
        }

        return walk;
    }

    private string? RouteOf(string place) => _routes.FirstOrDefault(
        one => one.Matcher.TryMatch(place, new RouteValueDictionary())) is { Route: { } route } ? route : null;

    private static bool MayGet(RouteEndpoint endpoint) => MethodsOf(endpoint).Contains(HttpMethods.Get);

    private static bool IsFile(string path) => path.EndsWith(".css", StringComparison.Ordinal) || path.EndsWith(".js", StringComparison.Ordinal)
        || path.EndsWith(".svg", StringComparison.Ordinal);

    [GeneratedRegex("""(?:href|src)="(?<to>/console[^"]*)["]""")]
    private static partial Regex Link();
}
