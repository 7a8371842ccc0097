using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Hosting;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary>How verbs print: answers to the standard output, everything else to the standard error.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    public static void Line(string text = "") => Console.Out.WriteLine(text);

    public static int Refuse(string sentence)
    {
        Console.Error.WriteLine("alertbot: " + sentence);
        return CommandLine.Failed;
    }

    /// <summary>A mistake in law, policies or texts does not stop the rest, but everybody must see it.</summary>
    public static void Report(IReadOnlyCollection<Problem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Count > 0)
            Console.Error.WriteLine(
                $"alertbot: {problems.Count} mistakes in the configuration; what they concern does not work until they are put right.");
    }

    /// <summary>For verbs that work and end: warnings and errors only.</summary>
    public static ILoggerFactory QuietLog() => LoggerFactory.Create(
        log => log.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>Runs work on the database of the settings.</summary>
    public static async Task<int> WithStorageAsync(Func<Ground, Storage, Task<int>> work, CancellationToken ct, bool mayMigrate = false)
    {
        using var log = QuietLog();
        var ground = Ground.Load();
        await using var storage = await Storage.OpenAsync(ground, log, ct, mayMigrate: mayMigrate);
        return await work(ground, storage);
    }
}
