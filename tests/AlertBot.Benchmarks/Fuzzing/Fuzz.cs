using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Benchmarks.Desk;
using AlertBot.Channels.Telegram;

namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>
/// Malformed, stolen and foreign requests over all endpoints and forms of the running program, over real connections. Nine in ten ask for what nobody
/// may have: after them no table has changed. One in ten come from whoever may act, with values that nobody types. None is answered with a 5xx, with
/// words of an exception, or with markup that somebody sent. The same seed asks the same.
/// </summary>
internal static partial class Fuzz
{
    private const int Lines = 4;
    private const int BeforeRenewal = 2_000;
    private const int MostFindings = 20;

    public static async Task<int> RunAsync(bool tiny, string[] arguments)
    {
        var requests = Number(arguments, "--requests") ?? (tiny ? 2_500 : 100_000);
        var seed = Number(arguments, "--seed") ?? 1;
        await using var server = await DeskServer.StartAsync(TelegramMode.Webhook);
        await FullDesk.FillAsync(server, new DeskSize(24, 12, 12, 10, 6));
        var ground = await FuzzGround.OfAsync(server);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{requests} requests, seed {seed}, {ground.Endpoints.Count} endpoints, {ground.Forms.Count} forms, {ground.Names.Count} fields; "
            + $"{Machine.Load()}"));
        var run = new Run(server, ground);
        if (Number(arguments, "--only") is { } only)
            return await run.ShowAsync(FuzzRequest.Of(ground, seed, only, mayWrite: arguments.Contains("--writing")));

        // A first look writes what looks write once, such as the keys of forms.
        var before = await WrittenRows.ReadAsync(server.Database.Source);
        var began = Stopwatch.GetTimestamp();
        var kept = Corpus();
        await run.AllAsync(kept.Count, at => (Name: kept[at].Name, Request: kept[at].Request));
        var foreign = requests * 9 / 10;
        await run.AllAsync(foreign, number => ($"--seed {seed} --only {number}", FuzzRequest.Of(ground, seed, number, mayWrite: false)));
        var written = WrittenRows.Changed(before, await WrittenRows.ReadAsync(server.Database.Source));
        for (var from = foreign; from < requests; from += BeforeRenewal)
        {
            var first = from;
            await run.AllAsync(Math.Min(BeforeRenewal, requests - from), number => (
                $"--seed {seed} --only {first + number} --writing", FuzzRequest.Of(ground, seed, first + number, mayWrite: true)));
            await ground.RenewAsync();
        }

        var took = Stopwatch.GetElapsedTime(began);
        run.Print();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Count} requests, of them {kept.Count} kept ones, in {took.TotalSeconds:0} s, {run.Count / took.TotalSeconds:0} a second"));
        foreach (var table in written)
            Console.WriteLine("WRITTEN: " + table);
        Console.WriteLine(written.Count == 0 ? "nothing written" : "SOMETHING WAS WRITTEN");
        return written.Count == 0 && run.Findings.Count == 0 ? 0 : 1;
    }

    // Requests that once found something, or that the dice would hardly throw.
    private static List<(string Name, FuzzRequest Request)> Corpus() => Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.http").Order(StringComparer.Ordinal).Select(file =>
        {
            // In the files a line is a line, and \x41 a byte.
            var text = Byte().Replace(
                File.ReadAllText(file).ReplaceLineEndings("\r\n"),
                found => ((char)Convert.ToInt32(found.Groups["byte"].Value, 16)).ToString());
            text = text.TrimEnd('\r', '\n');
            return (Path.GetFileName(file), new FuzzRequest(
                text.Contains("\r\n\r\n", StringComparison.Ordinal) ? text : text + "\r\n\r\n",
                text.StartsWith("HEAD", StringComparison.Ordinal), IsCutOff: false));
        }).ToList();

    private static int? Number(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
        && int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\\x(?<byte>[0-9a-fA-F]{2})")]
    private static partial Regex Byte();

    [GeneratedRegex(@"\b[A-Z]\w+Exception\b|\n\s+at [\w.<>`]+\(|Npgsql|[Ss]tack ?trace|Unhandled")]
    private static partial Regex WordsOfAnException();

    private sealed class Run(DeskServer server, FuzzGround ground)
    {
        private readonly Dictionary<int, int> _statuses = [];
        private readonly Dictionary<string, (int Count, string First)> _findings = new(StringComparer.Ordinal);

        public int Count => _statuses.Values.Sum();

        public Dictionary<string, (int Count, string First)> Findings => _findings;

        public async Task AllAsync(int count, Func<int, (string Name, FuzzRequest Request)> of)
        {
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, Lines).Select(_ => Task.Run(async () =>
            {
                using var connection = new RawConnection(server.Url);
                while (Interlocked.Increment(ref next) is var number && number < count)
                {
                    var (name, request) = of(number);
                    Judge(name, request, await AskAsync(connection, request));
                }
            })));
        }

        public async Task<int> ShowAsync(FuzzRequest request)
        {
            using var connection = new RawConnection(server.Url);
            Console.WriteLine(request.Text.Length > 4_000 ? request.Text[..4_000] : request.Text);
            Console.WriteLine("----");
            var answer = await AskAsync(connection, request);
            Console.WriteLine($"{answer?.Head}\r\n{answer?.Body}");
            PrintFaults();
            return 0;
        }

        public void Print()
        {
            var table = new Table("answer", "times");
            foreach (var (status, times) in _statuses.OrderBy(one => one.Key))
                table.Add(status == 0 ? "closed" : status.ToString(CultureInfo.InvariantCulture), times.ToString(CultureInfo.InvariantCulture));
            table.Print();
            foreach (var (what, (count, first)) in _findings.OrderByDescending(one => one.Value.Count).Take(MostFindings))
                Console.WriteLine($"FOUND {count} times: {what}\n  first: {first}");
            PrintFaults();
        }

        private void PrintFaults()
        {
            foreach (var (what, count) in server.Thrown.Thrown.OrderByDescending(one => one.Value).Take(MostFindings))
                Console.WriteLine($"thrown {count} times: {what}");
        }

        private async Task<RawAnswer?> AskAsync(RawConnection connection, FuzzRequest request)
        {
            try
            {
                return await connection.SendAsync(request.BytesFor(ground), request.IsHead, request.IsCutOff);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }

        private void Judge(string name, FuzzRequest request, RawAnswer? answer)
        {
            var target = TargetOf(request.Text);
            lock (_statuses)
            {
                _statuses[answer?.Status ?? 0] = _statuses.GetValueOrDefault(answer?.Status ?? 0) + 1;
                if (answer is null)
                    Add($"no answer within seconds: {target}");
                // 505: the version of HTTP is none. 503: the bot is not ready, or nobody stored the update in time.
                else if (answer.Status >= 500 && answer.Status != 505 && !(answer.Status == 503 && target.Contains("health")))
                    Add($"{answer.Status}: {target}");
                else if (WordsOfAnException().Match(answer.Body) is { Success: true } found)
                    Add($"words of an exception ({found.Value.Trim()}): {target}");
                // A downloaded table or calendar has what was typed as it was typed, and no browser shows it as a page.
                else if (answer.IsPage && answer.Body.Contains("<fz onload", StringComparison.Ordinal))
                    Add($"markup that was sent: {target}");
                else if (answer.Location is { } to && !to.StartsWith('/') && !to.StartsWith(server.Url.AbsoluteUri, StringComparison.Ordinal)
                    && !to.StartsWith("http://127.0.0.1/", StringComparison.Ordinal))
                    Add($"leads elsewhere ({to}): {target}");
                else if (answer.Head.Contains("\r\nSet-Cookie: a=b", StringComparison.Ordinal))
                    Add($"a header that was sent: {target}");
            }

            void Add(string what) => _findings[what] = _findings.TryGetValue(what, out var known) ? (known.Count + 1, known.First) : (1, name);
        }

        // Ids are left out, so that equal findings count as one.
        private static string TargetOf(string text) => Id().Replace(string.Join(' ', text.Split("\r\n")[0].Split(' ', '?').Take(2)), "ID");
    }

    [GeneratedRegex("[0-9a-f]{32}|(?<=/)[KA]-[0-9A-Z]{4}")]
    private static partial Regex Id();
}
