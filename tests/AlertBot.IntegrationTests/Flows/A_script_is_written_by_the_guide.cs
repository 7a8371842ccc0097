using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Configuration;
using AlertBot.Desk.Api;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary><c>docs/api.md</c>: each of its examples does what it says; and <c>docs/openapi.json</c> is what the program says of itself.</summary>
public sealed partial class A_script_is_written_by_the_guide
{
    private static readonly string Docs = Path.Combine(Path.GetDirectoryName(ConfigFolder.Find())!, "docs");

    [PostgresFact]
    public async Task Its_examples_work_as_they_stand()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var file = await bot.OpenCaseAsync();
        var token = await ApiProgram.TokenAsync(browser, Enum.GetValues<ApiScope>());
        var guide = await File.ReadAllTextAsync(Path.Combine(Docs, "api.md"));
        using var http = new HttpClient { BaseAddress = desk.Url };

        var examples = Example().Matches(guide).Select(match => match.Groups["text"].Value.Replace("\\\n", "", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, examples.Count);
        foreach (var example in examples)
        {
            using var request = RequestOf(example.Replace("K-7F3Q", file.Code.Text, StringComparison.Ordinal), token);
            using var answer = await http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{example}\n{await answer.Content.ReadAsStringAsync()}");
        }

        // The guide names every address with its scope, and every code of a refusal.
        Assert.All(desk.Api.Where(address => address.Metadata.GetMetadata<NeededScope>()?.Scope is not null), address => Assert.Matches(
            $@"\| `{address.Metadata.GetRequiredMetadata<NeededScope>().Scope.ToString()!.ToLowerInvariant()}` \|.*"
            + Regex.Escape(address.RoutePattern.RawText!), guide));
    }

    [PostgresFact]
    public async Task The_document_says_what_the_program_does()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Dates));
        var given = await program.GetAsync("/api/v1/openapi.json");
        using var nobody = new ApiProgram(desk.Url, null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/openapi.json")).Status);

        using var document = JsonDocument.Parse(given.Text);
        var text = JsonSerializer.Serialize(document.RootElement, Indented) + "\n";
        var path = Path.Combine(Docs, "openapi.json");
        if (Environment.GetEnvironmentVariable("ALERTBOT_DOCS") == "true")
            await File.WriteAllTextAsync(path, text);
        Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), text);
        Assert.Equal(
            desk.Api.Where(address => address.Metadata.GetMetadata<NeededScope>()?.Scope is not null)
                .Select(address => address.RoutePattern.RawText).Distinct().Order(StringComparer.Ordinal),
            document.RootElement.GetProperty("paths").EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What curl makes of it.
    private static HttpRequestMessage RequestOf(string curl, string token)
    {
        var data = Data().Match(curl);
        var request = new HttpRequestMessage(data.Success ? HttpMethod.Post : HttpMethod.Get, Address().Match(curl).Groups["path"].Value);
        if (data.Success)
            request.Content = new StringContent(data.Groups["body"].Value, Encoding.UTF8);
        foreach (Match header in Header().Matches(curl))
        {
            var (name, value) = (header.Groups["name"].Value, header.Groups["value"].Value.Replace("$TOKEN", token, StringComparison.Ordinal));
            if (name == "Content-Type")
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else
                request.Headers.Add(name, value);
        }

        return request;
    }

    [GeneratedRegex(@"```sh\n(?<text>curl [^`]+)```")]
    private static partial Regex Example();

    [GeneratedRegex(@"\$URL(?<path>/[^""]*)")]
    private static partial Regex Address();

    [GeneratedRegex("""(?<= )-H "(?<name>[^:"]+): (?<value>[^"]+)(?=")""")]
    private static partial Regex Header();

    [GeneratedRegex("-d '(?<body>[^']+)'")]
    private static partial Regex Data();
}
