using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>What the program threw while it answered, for whoever puts it right. Nothing of it goes to whoever asked.</summary>
internal sealed class ThrownFaults : IStartupFilter
{
    private readonly ConcurrentDictionary<string, int> _thrown = new(StringComparer.Ordinal);

    /// <summary>Each kind with where it was thrown and how often.</summary>
    public IReadOnlyDictionary<string, int> Thrown => _thrown;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, go) =>
        {
            try
            {
                await go(context);
            }
            catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
            {
                var places = (fault.StackTrace ?? "").Split('\n').Select(line => line.Trim()).ToList();
                var ours = places.FirstOrDefault(line => line.StartsWith("at AlertBot.", StringComparison.Ordinal)) ?? "";
                _thrown.AddOrUpdate($"{fault.GetType().Name}: {fault.Message} {places[0]} {ours}", 1, (_, count) => count + 1);
                throw;
            }
        });
        next(app);
    };
}
