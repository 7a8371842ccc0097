using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Cases and their facts, as the forms of the desk put them on file.</summary>
internal static class DeskCases
{
    public static (string, string)[] Detained(string hour) =>
    [
        ("_handler", "fact"), ("Fact.Kind", "detention_start"), ("Fact.Day", "2026-03-01"), ("Fact.Time", hour), ("Fact.Precision", "exact"),
    ];

    public static async Task SaveAsync(DeskBrowser browser, string path, (string, string)[] fact)
    {
        var seen = await browser.PostAsync(path, await browser.GetAsync(path), fact);
        await browser.PostAsync(path, seen, [.. fact, ("Fact.Save", "true"), ("Fact.Seen", seen.Hidden("Fact.Seen")!)]);
    }

    public static Task<CaseFile> OpenAsync(RunningBot bot, SandboxPhone by, string name) => bot.ActAsync(async session =>
    {
        var person = await session.People.FindAsync((await session.Addresses.FindAsync(by.Address))!.Person!.Value);
        return (await bot.Get<OpenCase>().RunAsync(
            session.As(Actor.Of(person)), [new PersonName(name)], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"]))!;
    });

    public static async Task<CaseFile> FindAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Cases.FindAsync(file.Id, withDetail: true)))!;
}
