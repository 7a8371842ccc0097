using System.Collections.Concurrent;

namespace AlertBot.Postgres;

/// <summary>Converts enumerations to the codes in the database: <c>ReleaseDue</c> is <c>release_due</c>.</summary>
internal static class Codes
{
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.Names[value];

    public static T Read<T>(string code)
        where T : struct, Enum => Table<T>.Values.TryGetValue(code, out var value)
            ? value
            : throw new InvalidOperationException($"The database holds an unknown {typeof(T).Name}.");

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly ConcurrentDictionary<T, string> Names = new(
            Enum.GetValues<T>().ToDictionary(value => value, value => Snake(value.ToString())));
        public static readonly ConcurrentDictionary<string, T> Values = new(
            Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal));
    }

    private static string Snake(string name) => string.Concat(
        name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
