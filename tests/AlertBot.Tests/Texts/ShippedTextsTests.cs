using System.Text.RegularExpressions;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

/// <summary>The locale files as they are shipped: what the code asks for is there, with the arguments that the code gives it.</summary>
public sealed partial class ShippedTextsTests
{
    /// <summary>Keys that code asks for by name, with the arguments it gives.</summary>
    public static readonly TheoryData<string, string> Asked = new()
    {
        { "start.welcome", "" },
        { "start.welcome-role", "role" },
        { "start.point-report", "" },
        { "start.point-help", "" },
        { "start.point-privacy", "" },
        { "language.changed", "" },
        { "language.choose", "" },
        { "help.line", "name what" },
        { "unknown-command", "" },
        { "private.note", "" },
        { "private.forget", "" },
        { "private.stop", "" },
        { "private.telegram", "signal" },
        { "private.signal", "" },
        { "private.phone", "" },
        { "stop.done", "" },
        { "cases.title", "count" },
        { "cases.line", "code status next" },
        { "cases.no-next", "" },
        { "cases.none", "" },
        { "case.not-found", "code" },
        { "case.header", "code status jurisdictions held" },
        { "case.held-since", "day" },
        { "case.not-held", "" },
        { "case.timeline", "" },
        { "case.event-line", "when kind unconfirmed" },
        { "case.unconfirmed", "" },
        { "case.deadlines", "" },
        { "case.deadline-line", "kind rule earliest latest ends state" },
        { "case.deadline-steps", "code" },
        { "case.steps-of", "kind rule" },
        { "case.names", "names" },
        { "case.other-account", "when kind" },
        { "case.event-place", "value" },
        { "case.event-note", "value" },
        { "case.no-deadlines", "" },
        { "next.title", "days" },
        { "next.line", "day code kind" },
        { "next.none", "" },
        { "subscribe.done", "code" },
        { "subscribe.already", "code" },
        { "unsubscribe.done", "code" },
        { "unsubscribe.not", "code" },
        { "link.done", "code" },
        { "link.only-in-group", "" },
        { "unlink.done", "code" },
        { "group.hello", "" },
        { "group.private-link", "link" },
        { "newcase.ask-name", "" },
        { "newcase.ask-jurisdictions", "" },
        { "newcase.ask-zone", "" },
        { "newcase.done", "code" },
        { "event.ask-kind", "code" },
        { "event.ask-date", "zone" },
        { "event.ask-precision", "" },
        { "event.ask-known", "" },
        { "event.confirm", "code" },
        { "event.saved", "code kind when" },
        { "event.bad-date", "" },
        { "event.needs-second", "code" },
        { "event.confirmed", "" },
        { "event.confirmed-card", "code kind when role" },
        { "event.ahead", "day" },
        { "event.before-decision", "day" },
        { "event.cancelled", "" },
        { "invite.made", "role link code hours" },
        { "invite.made-without-link", "role code hours" },
        { "invite.accepted", "role" },
        { "invite.not-needed", "role" },
        { "invite.not-allowed", "role" },
        { "invite.used", "" },
        { "invite.expired", "" },
        { "invite.bad", "" },
        { "people.title", "" },
        { "people.line", "role who language state cases" },
        { "people.line-you", "role who language state cases" },
        { "address.dark", "who reason codes" },
        { "address.a-group", "title" },
        { "address.a-person", "role who" },
        { "alert.reminder", "code kind left earliest latest banner" },
        { "alert.reminder-late", "ago" },
        { "alert.ask", "code kind day" },
        { "alert.overdue", "code kind latest" },
        { "alert.between", "" },
        { "alert.deadline-moved", "code kind from to because" },
        { "alert.deadline-new", "code kind earliest latest banner" },
        { "alert.deadline-line", "kind earliest latest ends rule" },
        { "alert.deadline-ended", "code kind state" },
        { "alert.silent", "code kind latest" },
        { "alert.undelivered", "code reason" },
        { "alert.law-changed", "code" },
        { "alert.no-next-date", "code" },
        { "alert.event-recorded", "code kind when" },
        { "alert.unconfirmed-date", "" },
        { "alert.repeat", "" },
        { "alert.manual", "code text" },
        { "alert.confirm-fact", "code kind" },
        { "alert.locate", "code" },
        { "alert.watch", "code" },
        { "left.days", "days" },
        { "left.hours", "hours" },
        { "answer.thanks", "" },
        { "answer.already", "" },
        { "answer.card", "code kind day answer role" },
        { "problem.unexpected", "code" },
        { "problem.try-again", "" },
        { "too-long", "" },
    };

    private static readonly string[] Everyone = ["start", "help", "report", "add", "status", "checkin", "forget", "language", "privacy", "stop"];

    private static readonly string[] Advocates =
        ["cases", "case", "next", "mine", "subscribe", "unsubscribe", "quiet", "digest", "calendar", "oncall", "find"];

    private static readonly string[] Coordinators =
        ["newcase", "event", "queue", "verify", "invite", "people", "link", "unlink", "drill", "console", "freeze"];

    private static readonly string[] Buttons =
        ["confirm", "cancel", "skip", "back", "yes", "no", "still-held", "moved", "released", "extradited", "dont-know", "done", "details"];

    [Fact]
    public void Nothing_is_wrong_in_the_files() => Assert.Empty(Catalogs.Shipped.Problems);

    [Theory]
    [MemberData(nameof(Asked))]
    public void What_the_code_asks_for_is_there_and_needs_no_more_than_the_code_gives(string key, string arguments) =>
        Assert.Equal(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal), Arguments(Catalogs.Shipped.TextsOf("en")[key]));

    [Fact]
    public void Every_code_of_the_domain_has_its_words() => Assert.All(
        [
            .. EventKinds.All.Select(kind => "event." + kind.Code),
            .. Codes<DeadlineKind>("deadline.kind"), .. Codes<DeadlineState>("deadline.state"),
            .. Codes<MoveCause>("law.moved"), .. Codes<Tier>("law.tier"), .. Codes<Duty>("law.duty"),
            .. Codes<Role>("role"), .. Codes<Severity>("severity"), .. Codes<Precision>("precision"), .. Codes<CaseStatus>("case.status"),
            .. Codes<Refusal>("address.reason"), "address.reason.unclear", "address.reason.expired",
            .. CountingCodes.All.Select(code => "law.counting." + code.ToLowerInvariant()),
            .. Directory.GetDirectories(Path.Combine(ShippedLaw.Root, "config", "law")).Select(
                folder => "jurisdiction." + Path.GetFileName(folder).ToUpperInvariant()),
            .. ShippedLaw.Book.Rules.SelectMany(rule => rule.Zones).Select(zone => "zone." + zone.Id),
            .. Buttons.Select(button => "button." + button),
            .. EventMenu.Groups.Select(group => "event-group." + group.Name),
        ],
        HasWords);

    [Theory]
    [InlineData("en", "(day off moved from 4 May 2024)")]
    [InlineData("ru", "(выходной, перенесённый с 4 мая 2024 г.)")]
    [InlineData("kk", "(ауыстырылған демалыс күні, бұрынғы күні: 2024 ж. 4 мамыр)")]
    [InlineData("uz", "(koʻchirilgan dam olish kuni, avvalgi sanasi: 2024-yil 4-may)")]
    public void A_day_off_that_a_decree_moved_says_from_when(string language, string why) => Assert.Contains(
        why,
        Catalogs.Shipped.Say(
            language, Step.Of("law.step.moved", ("day", "2024-05-08"), ("why", "day off moved from 2024-05-04"), ("to", "2024-05-10"))).Plain,
        StringComparison.Ordinal);

    [Fact]
    public void Every_day_off_of_the_shipped_calendars_has_its_words() => Assert.All(
        ShippedLaw.Book.Calendars.SelectMany(calendar => calendar.DaysOff.Values)
            .Where(name => !name.StartsWith("day off moved from ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal),
        name => HasWords("law.day-off." + name));

    [Fact]
    public void Every_command_has_a_description_that_the_menu_of_Telegram_takes() => Assert.All(
        [.. Everyone, .. Advocates, .. Coordinators],
        command => Assert.All(Catalogs.Shipped.Languages, language =>
            Assert.InRange(Catalogs.Shipped.Plain(language.Code, "command." + command).Length, 3, 256)));

    [Fact]
    public void Every_text_fits_into_one_message_of_the_strictest_messenger() => Assert.All(
        Catalogs.Shipped.Languages,
        language => Assert.All(
            Catalogs.Shipped.TextsOf(language.Code).Keys, key => Assert.InRange(Catalogs.Shipped.Plain(language.Code, key).Length, 1, 2_000)));

    [Fact]
    public void A_button_is_short_enough_to_be_read_on_a_phone() => Assert.All(
        Catalogs.Shipped.Languages,
        language => Assert.All(Buttons, button => Assert.InRange(Catalogs.Shipped.Plain(language.Code, "button." + button).Length, 1, 20)));

    [Fact]
    public void The_hello_in_a_group_is_one_line_and_says_nothing_of_any_case() =>
        Assert.All(Catalogs.Shipped.Languages, language => Assert.DoesNotContain('\n', Catalogs.Shipped.Plain(language.Code, "group.hello")));

    [Fact]
    public void A_reminder_reads_like_this()
    {
        var earliest = ShippedLaw.Limit("KZ-EXTR-12M", ShippedLaw.At("2024-03-26"));
        (string, object)[] arguments =
        [
            ("code", "K-7F3Q"), ("kind", DeadlineKind.ReleaseDue), ("left", Catalogs.Shipped.Say("ru", "left.days", ("days", 3))),
            ("earliest", earliest.Earliest), ("latest", earliest.Latest), ("banner", Catalogs.Shipped.Say("ru", "alert.unconfirmed-date")),
        ];

        var said = Catalogs.Shipped.Say("ru", "alert.reminder", arguments);

        Assert.Equal(
            """
            ⏰ K-7F3Q: срок освобождения, осталось 3 дня
            Самый ранний срок: вторник, 25 марта 2025 г.
            Самый поздний срок: среда, 26 марта 2025 г.
            ⚠️ Дата, от которой это посчитано, ещё не подтверждена.
            """,
            said.Plain);
        Assert.Equal(["Bold:K-7F3Q"], Catalogs.Stretches(said));
    }

    [Fact]
    public void An_overdue_release_says_what_it_means_and_what_to_do()
    {
        var said = Catalogs.Shipped.Plain("en", "alert.overdue", ("code", "K-7F3Q"), ("kind", "release_due"), ("latest", "2025-03-26"));

        Assert.Equal(
            """
            ⚠️ K-7F3Q: overdue: release due
            Even the latest end has passed: Wednesday, 26 March 2025
            If the person is still held, we know of no legal basis for it. Tell the lawyer now.
            """,
            said);
    }

    [Fact]
    public void Code_names_no_key_that_has_no_text()
    {
        var named = Directory.EnumerateFiles(Path.Combine(ShippedLaw.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => NamedKey().Matches(File.ReadAllText(file))).Select(match => match.Groups["key"].Value).Distinct().ToList();

        Assert.Contains("alert.reminder", named);
        Assert.Contains("button.details", named);
        Assert.All(named, key => Assert.True(Catalogs.Shipped.Has("en", key), $"there is no text {key}"));
    }

    // Line("key", ..), Say(language, "key", ..), Reply("key") and what else takes a key first; lists of lines and buttons name no type.
    [GeneratedRegex(
        """(?:\b(?:Line|Say|Plain|Reply|Notice|Button)\(\s*(?:[\w.]+,\s*)?|\bnew\(\s*(?="alert\.)|\((?="button\.))"(?<key>[a-z]+(?:[.-]"""
        + """[a-z-]+)+)"[,)]""")]
    private static partial Regex NamedKey();

    private static void HasWords(string key) => Assert.All(
        Catalogs.Shipped.Languages, language => Assert.True(
            Catalogs.Shipped.TextsOf(language.Code).ContainsKey(key), $"{language.Code} has no text {key}"));

    private static IEnumerable<string> Codes<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => prefix + "." + Words.Snake(name));

    private static List<string> Arguments(Template template) =>
        template.Uses.Select(use => use.Name).Distinct().Order(StringComparer.Ordinal).ToList();
}
