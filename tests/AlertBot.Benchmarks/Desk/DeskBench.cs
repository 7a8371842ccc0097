using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AlertBot.Benchmarks.Desk;

/// <summary>
/// Every page of the desk as an owner asks for it, with 10,000 cases, 100,000 events and 50 people: how long the server takes, and how much it sends.
/// </summary>
internal static partial class DeskBench
{
    private const double MostMilliseconds = 200;
    private const double MostKilobytes = 200;
    private const string Search = "/console/cases (a name is searched)";

    public static async Task<int> RunAsync(bool tiny)
    {
        var size = tiny ? new DeskSize(40, 8, 12, 10, 6) : new DeskSize(10_000, 50, 600, 4_000, 25);
        var (addresses, asks) = tiny ? (2, 2) : (12, 60);
        await using var server = await DeskServer.StartAsync();
        var began = Stopwatch.GetTimestamp();
        var full = await FullDesk.FillAsync(server, size);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{full}; filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; {Machine.Load()}"));
        using var owner = server.Browser(await server.SignInAsync(full.Owner));
        var walk = await DeskWalk.WalkAsync(server.Services, owner, addresses);

        var pages = new List<Measured>();
        foreach (var (route, found) in walk.Found.OrderBy(one => one.Key, StringComparer.Ordinal))
            pages.Add(await MeasureAsync(route, found, asks, path => owner.GetAsync(path)));
        pages.Add(await MeasureSearchAsync(owner, full.Names, asks));

        var table = new Table("page", "addresses", "asks", "p50 ms", "p95 ms", "most ms", "kB");
        foreach (var page in pages)
            table.Add(
                page.Route, Number(page.Addresses), Number(page.Times.Count), Number(page.Share(0.5)), Number(page.Share(0.95)),
                Number(page.Times.Max()), Number(page.Kilobytes));
        table.Print();
        var (slowest, largest) = (pages.MaxBy(page => page.Share(0.95))!, pages.MaxBy(page => page.Kilobytes)!);
        Console.WriteLine(Performance.Ratio($"slowest page ({slowest.Route}), p95", slowest.Share(0.95), MostMilliseconds, "ms"));
        Console.WriteLine(Performance.Ratio($"largest page ({largest.Route})", largest.Kilobytes, MostKilobytes, "kB"));

        var refused = pages.Where(page => page.Refused > 0).Select(page => page.Route).ToList();
        if (refused.Count > 0)
            Console.WriteLine("REFUSED: " + string.Join(", ", refused));
        if (walk.Unfound.Count > 0)
            Console.WriteLine("no link leads to: " + string.Join(", ", walk.Unfound));
        var isKept = refused.Count == 0
            && (tiny || pages.All(page => page.Share(0.95) <= MostMilliseconds && page.Kilobytes <= MostKilobytes));
        Console.WriteLine(isKept ? "kept" : "NOT KEPT");
        return isKept ? 0 : 1;
    }

    private static async Task<Measured> MeasureSearchAsync(HttpClient owner, IReadOnlyList<string> names, int asks)
    {
        using var page = await owner.GetAsync("/console/cases");
        // The form's token goes with the cookie that came with it.
        var cookie = page.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : "";
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
        var signedIn = owner.DefaultRequestHeaders.GetValues("Cookie").First();
        return await MeasureAsync(Search, names.Take(12).ToList(), asks, name =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/console/cases")
            {
                Content = new FormUrlEncodedContent([new("_handler", "find"), new("__RequestVerificationToken", token), new("Wanted", name)]),
            };
            request.Headers.Add("Cookie", $"{signedIn}; {cookie}");
            return owner.SendAsync(request);
        });
    }

    private static async Task<Measured> MeasureAsync(
        string route, List<string> addresses, int asks, Func<string, Task<HttpResponseMessage>> ask)
    {
        var measured = new Measured(route, addresses.Count);
        foreach (var address in addresses)
            await AskAsync(address, null);
        for (var number = 0; number < asks; number++)
            await AskAsync(addresses[number % addresses.Count], measured.Times);
        return measured;

        async Task AskAsync(string address, List<double>? times)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await ask(address);
            var body = await answer.Content.ReadAsByteArrayAsync();
            times?.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            measured.Kilobytes = Math.Max(measured.Kilobytes, body.Length / 1000.0);
            measured.Refused += answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
    }

    private static string Number(double number) => number.ToString(number < 100 ? "0.#" : "0", CultureInfo.InvariantCulture);

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)["]""")]
    private static partial Regex Token();

    private sealed class Measured(string route, int addresses)
    {
        public string Route => route;

        public int Addresses => addresses;

        public List<double> Times { get; } = [];

        public double Kilobytes { get; set; }

        public int Refused { get; set; }

        public double Share(double share) => Times.Order().ElementAt((int)Math.Ceiling(share * Times.Count) - 1);
    }
}
