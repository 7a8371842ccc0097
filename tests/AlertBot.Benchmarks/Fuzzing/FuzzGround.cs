using System.Net;
using System.Text.RegularExpressions;
using AlertBot.Benchmarks.Desk;
using AlertBot.Domain.People;
using AlertBot.Workflows.People;
using Dapper;

namespace AlertBot.Benchmarks.Fuzzing;

/// <param name="Who">In whose page it stands.</param>
/// <param name="Page">The address of that page.</param>
/// <param name="Fields">Names with the values that they may have there.</param>
internal sealed record FuzzForm(string Who, string Page, string Action, string Method, IReadOnlyList<(string Name, string Value)> Fields);

/// <summary>A served program with people of every kind signed in to it, its endpoints, and the forms of its pages.</summary>
internal sealed partial class FuzzGround
{
    /// <summary>Whoever asks: with no cookie, an invented one, one of a session that ended, of a suspended person, of any role.</summary>
    public static readonly IReadOnlyList<string> Everybody = ["nobody", "invented", "ended", "frozen", "advocate", "coordinator", "owner"];

    private const string Coordinator = "coordinator";
    private const string Owner = "owner";
    private const string FormCookie = "alertbot-form=";
    private const int MostLinks = 6;

    private readonly DeskServer _server;
    private readonly Dictionary<string, PersonId> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private FuzzGround(DeskServer server) => _server = server;

    /// <summary>Each endpoint of the running program: its pattern and what it answers to.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<string> Methods)> Endpoints { get; private set; } = [];

    public IReadOnlyDictionary<string, List<string>> Links { get; private set; } = new Dictionary<string, List<string>>();

    public IReadOnlyList<FuzzForm> Forms { get; private set; } = [];

    public IReadOnlyList<string> Names { get; private set; } = [];

    public static async Task<FuzzGround> OfAsync(DeskServer server)
    {
        var ground = new FuzzGround(server);
        foreach (var (who, role) in new[]
        {
            (Owner, Role.Owner), (Coordinator, Role.Coordinator), ("advocate", Role.Advocate), ("frozen", Role.Coordinator),
            ("ended", Role.Coordinator),
        })
            ground._people[who] = (await server.AddAsync(role, who)).Person;
        await ground.RenewAsync();

        // What no page leads to is asked for too: the tool of monitoring is no route.
        ground.Endpoints = [.. DeskWalk.RoutesOf(server.Services).Select(one => (DeskWalk.PathOf(one), DeskWalk.MethodsOf(one)))
            .DistinctBy(one => one.Item1 + one.Item2[0]).OrderBy(one => one.Item1, StringComparer.Ordinal)
            .ThenBy(one => one.Item2[0], StringComparer.Ordinal), ("/metrics", ["GET"])];
        using var owner = server.Browser(ground._values["session:" + Owner]);
        var walk = await DeskWalk.WalkAsync(server.Services, owner, MostLinks);
        ground.Links = walk.Found;
        var forms = new List<FuzzForm>();
        foreach (var who in new[] { Owner, Coordinator })
        {
            using var browser = server.Browser(ground._values["session:" + who]);
            foreach (var page in walk.Found.OrderBy(one => one.Key, StringComparer.Ordinal).SelectMany(one => one.Value.Take(2)))
                forms.AddRange(await FormsOfAsync(browser, who, page));
        }

        ground.Forms = forms.DistinctBy(form => form.Who + form.Action + string.Join(',', form.Fields.Select(field => field.Name))).ToList();
        ground.Names = ground.Forms.SelectMany(form => form.Fields.Select(field => field.Name))
            .Concat(["said", "from", "page", "handler", "_handler"]).Distinct().Order(StringComparer.Ordinal).ToList();
        return ground;
    }

    /// <summary>Signs everybody in again, whatever the requests so far have done to them.</summary>
    public async Task RenewAsync()
    {
        await using (var connection = await _server.Database.Source.OpenConnectionAsync())
            await connection.ExecuteAsync(
                "update person set frozen = false where id = any(@ids)", new { ids = _people.Values.Select(id => id.Value).ToArray() });
        foreach (var (who, person) in _people)
        {
            await TakeAsync(who, await _server.SignInAsync(person));
            if (who == "ended")
                await _server.ActAsync(async session =>
                {
                    foreach (var one in await session.ConsoleSessions.OfAsync(person))
                        await session.ConsoleSessions.EndAsync(person, one.Id);
                    return true;
                });
        }

        await _server.ActAsync(session => _server.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), _people["frozen"]));
        await TakeAsync("nobody", null);
        _values["session:invented"] = new string('A', 43);
        (_values["form:invented"], _values["token:invented"]) = ("CfDJ8" + new string('x', 100), "CfDJ8" + new string('y', 150));
    }

    /// <summary>
    /// Puts the secrets of this run in place of their names: <c>{{session:owner}}</c>, <c>{{token:owner}}</c>, and an address in place of its route:
    /// <c>{{link:/console/cases/{CodeText}}}</c>.
    /// </summary>
    public string Filled(string request) => Named().Replace(request, found => found.Groups["name"].Value is var name
        && name.StartsWith("link:", StringComparison.Ordinal)
            ? Links.TryGetValue(name[5..], out var links) ? links[0] : "/console"
            : _values.GetValueOrDefault(name, ""));

    // Every page that shows a form gives out a cookie and a token that belong together and to whoever asked.
    private async Task TakeAsync(string who, string? session)
    {
        _values["session:" + who] = session ?? "";
        using var browser = _server.Browser(session ?? "none");
        var isIn = who is Owner or Coordinator or "frozen" or "ended";
        using var page = await browser.GetAsync(isIn ? "/console" : "/console/sign-in/" + new string('A', 43));
        var text = await page.Content.ReadAsStringAsync();
        _values["form:" + who] = page.Headers.TryGetValues("Set-Cookie", out var set)
            ? set.Select(line => line.Split(';')[0]).LastOrDefault(line => line.StartsWith(FormCookie, StringComparison.Ordinal))
                ?[FormCookie.Length..] ?? ""
            : "";
        _values["token:" + who] = Token().Match(text).Groups["token"].Value;
    }

    private static async Task<IEnumerable<FuzzForm>> FormsOfAsync(HttpClient browser, string who, string page)
    {
        using var answer = await browser.GetAsync(page);
        if (answer.StatusCode != HttpStatusCode.OK)
            return [];
        return Form().Matches(await answer.Content.ReadAsStringAsync()).Select(form => new FuzzForm(
            who, page.Split('?')[0], WebUtility.HtmlDecode(Attribute(form.Groups["head"].Value, "action") ?? page.Split('?')[0]),
            (Attribute(form.Groups["head"].Value, "method") ?? "get").ToUpperInvariant(),
            Field().Matches(form.Groups["body"].Value).Select(field => (
                WebUtility.HtmlDecode(Attribute(field.Value, "name") ?? ""), WebUtility.HtmlDecode(Attribute(field.Value, "value") ?? "")))
                .Where(field => field.Item1.Length > 0).ToList()));
    }

    private static string? Attribute(string element, string name) =>
        Regex.Match(element, $"\\b{name}=\"(?<value>[^\"]*)\"") is { Success: true } found ? found.Groups["value"].Value : null;

    [GeneratedRegex("""(?s)<form(?<head>[^>]*)>(?<body>.*?)</form>""")]
    private static partial Regex Form();

    [GeneratedRegex("""<(?:input|select|textarea|button)\b[^>]*>""")]
    private static partial Regex Field();

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)["]""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\{\{(?<name>(?:session|form|token):\w+|link:.*?)\}\}(?!\})")]
    private static partial Regex Named();
}
