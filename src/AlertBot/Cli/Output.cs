using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Hosting;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary>How verbs print: answers go to the standard output, everything else to the standard error.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    // All other refusals begin with a name or a lower-case letter.
    private static readonly HashSet<string> Ordinary = new(StringComparer.Ordinal)
    {
        "A", "An", "Another", "Cannot", "Files", "Migration", "The", "There",
    };

    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    public static void Line(string text = "") => Console.Out.WriteLine(text);

    /// <summary>Reports that a well-formed request cannot be fulfilled.</summary>
    public static int Refuse(string sentence)
    {
        Complain(sentence);
        return CommandLine.Failed;
    }

    /// <summary>Reports a mistake in the command line.</summary>
    public static int Misuse(string sentence)
    {
        Complain(sentence);
        return CommandLine.Misused;
    }

    /// <summary>Prints every complaint in one style: lower case after the program's name, and no full stop after a single sentence.</summary>
    public static void Complain(string sentence)
    {
        var first = sentence.Split(' ')[0];
        var small = Ordinary.Contains(first) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
        Console.Error.WriteLine("alertbot: " + (small.IndexOf(". ", StringComparison.Ordinal) < 0 ? small.TrimEnd('.') : small));
    }

    /// <summary>Reports mistakes in law, policies and texts. They do not stop the rest, but everybody must see them.</summary>
    public static void Report(IReadOnlyCollection<Problem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Count > 0)
            Console.Error.WriteLine(
                $"alertbot: {problems.Count} mistakes in the configuration; what they concern does not work until they are put right.");
    }

    /// <summary>For verbs that work and end; logs only warnings and errors.</summary>
    public static ILoggerFactory QuietLog() => LoggerFactory.Create(
        log => log.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>Runs work on the settings' database.</summary>
    public static async Task<int> WithStorageAsync(Func<Ground, Storage, Task<int>> work, CancellationToken ct, bool mayMigrate = false)
    {
        using var log = QuietLog();
        var ground = Ground.Load();
        await using var storage = await OpenAsync(ground, log, mayMigrate, ct);
        return await work(ground, storage);
    }

    private static async Task<Storage> OpenAsync(Ground ground, ILoggerFactory log, bool mayMigrate, CancellationToken ct)
    {
        using var waiting = Waiting.For("opening the database");
        return await Storage.OpenAsync(ground, log, ct, mayMigrate: mayMigrate);
    }
}
