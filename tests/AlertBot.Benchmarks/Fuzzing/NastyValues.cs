using System.Text;

namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>What nobody types by accident. All texts are bytes written as Latin letters.</summary>
internal static class NastyValues
{
    /// <summary>Looked for in every page: it must never stand there as markup.</summary>
    public const string Markup = "\"'><fz onload=1>";

    public static readonly IReadOnlyList<string> All =
    [
        "", " ", "0", "-1", "1", "2147483648", "-9223372036854775809", "99999999999999999999", "1e309", "NaN", "true", "null", "undefined", "[]",
        "{}",
        "' or 1=1--", "'; drop table person;--", "../../../../etc/passwd", "..\\..\\", "\0", "a\0b", "\xff\xfe", "\xc0\xaf", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", Utf8("К-7Ф3К"), Utf8("Қазақ тілі"),
        Utf8("😀👩‍👩‍👧"), Utf8("\u202etxt.exe"), Utf8("İıſK"),
        Markup, "</textarea>" + Markup,
        "{0}", "{{code}}", "{count, plural, other {#}}", "%s%n%x", "${jndi:ldap://127.0.0.1/x}", "\r\nSet-Cookie: a=b",
        "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "2026-02-30", "0000-00-00", "9999-12-31", "-0001-01-01", "10000-01-01", "0001-01-01", "25:61", "24:00", "23:59:60", "2026-03-29T02:30",
        "00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "00000000-0000-0000-0000-000000000000", "K-7F3Q", "A-7F3Q",
        "k7f3q",
        "K-OOOO", "detention_start", "KZ", "UZ", "XX", "Owner", "owner", "4", "-5", "exact", "night", "all", "me", "adv", "on-call",
        new string('A', 300), new string('9', 400), new string('%', 200), string.Concat(Enumerable.Repeat("a=b&", 300)), new string('(', 2000),
        Utf8(string.Concat(Enumerable.Repeat("ж", 1600))),
    ];

    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
