using System.Text.Json;
using AlertBot.Workflows.Chat;

namespace AlertBot.Tests.Talking;

/// <summary>A person who says anything at all: words, hostile words, new and old presses, pictures.</summary>
internal static class Speaker
{
    private static readonly string[] AnyWords =
    [
        "2024-03-26", "26.03.2024 00:20", "2024-03", "2024", "0202-03-26", "2024-02-30", "31.12.2200", "9999-12-31", "tomorrow", "night", "day",
        "exact", "month", "detention_start", "Release", "asylum refused", "hearing_set", "nonsense", "KZ UZ CIS", "KZ, XX", "kz", "Almaty",
        "asia/tashkent", "Atlantis", "Zhuma Niyazov\nЖума Ниязов", "   ", "", "\u202e\u0000\uD800", "/start", "event:1:go", "{name} *bold* [x](y)",
        new string('x', 3_000), new string('y', 180), new string('z', 1_400), new string('\n', 500), "a\nb\nc", "k.release", "back", "cancel",
    ];

    private static readonly string[] AnyData =
    [
        "go", "back", "cancel", "skip", "clear", "enough", "today", "yesterday", "unknown", "g.taken", "g.nowhere", "k.release", "k.asylum_refused",
        "k.hearing_set", "k.none", "p.day", "p.night", "p.bad", "law.KZ", "law.UZ", "law.EU", "law.", "zone.Asia/Almaty", "zone.Nowhere", "c.K-7F3Q",
        "", ":", "\uD800",
    ];

    /// <param name="offered">The open question with its choices.</param>
    public static Said Says(Random random, int turn, Prompt offered) => random.Next(10) switch
    {
        < 4 => new Said.Pressed(turn, Any(random, offered.Options.SelectMany(row => row).Select(option => option.Data).ToList())),
        4 => new Said.Pressed(turn, Any(random, AnyData)),
        5 => new Said.Pressed(turn - random.Next(1, 5), Any(random, AnyData)),
        < 9 => new Said.Words(Any(random, AnyWords)),
        _ => new Said.Something(),
    };

    /// <summary>The state as it is restored after a restart.</summary>
    public static T Restarted<T>(T state) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(state))!;

    private static T Any<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
