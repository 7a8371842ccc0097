using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>
/// Tiny sizes one after the other in one process: starting a program and compiling it takes longer than most of them. A failure of one keeps no
/// other from running.
/// </summary>
internal static class Several
{
    public const string Verb = "--each";

    private const string Begins = "=== begins: ";
    private const string Ends = "=== ended with ";

    /// <param name="run">Runs the one of that name, and gives its exit code.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> names, Func<string, Task<int>> run)
    {
        var worst = 0;
        foreach (var name in names)
        {
            Console.WriteLine(Begins + name);
            var code = await CodeOfAsync(() => run(name));
            Console.WriteLine($"{Ends}{code}");
            worst = Math.Max(worst, code);
        }

        return worst;
    }

    /// <returns>The name of the one that begins with this line; null if none does.</returns>
    public static string? BegunBy(string line) => line.StartsWith(Begins, StringComparison.Ordinal) ? line[Begins.Length..] : null;

    /// <returns>The exit code of the one that ends with this line; null if none does.</returns>
    public static int? EndedBy(string line) =>
        line.StartsWith(Ends, StringComparison.Ordinal) && int.TryParse(line[Ends.Length..], CultureInfo.InvariantCulture, out var code)
            ? code
            : null;

    // Whatever it throws would have ended a process of its own.
    private static async Task<int> CodeOfAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure)
        {
            Console.WriteLine(failure);
            return 1;
        }
    }
}
