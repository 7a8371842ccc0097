using System.Globalization;
using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Text;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>A case from its opening to a date that was wrong: by keyboard, with scripts switched off, and on a phone.</summary>
public sealed class A_date_is_corrected(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task Which_dates_move_is_seen_before_it_is_saved()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = false,
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
        });
        var desk = await context.NewPageAsync();
        await night.SignInAsync(desk, await night.AddAsync(Role.Coordinator, "Anna"));

        // The empty list says what to do first.
        var day = night.Now.InZone(DateTimeZoneProviders.Tzdb["Asia/Almaty"]).Date.PlusDays(-1);
        var end = day.PlusDays(3).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        await desk.GotoAsync(new Uri(night.Url, "/console/cases").AbsoluteUri);
        await Expect(desk.Locator("#cases")).ToContainTextAsync("Open the first one here");
        await desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open a case" }).ClickAsync();
        await desk.Locator("[name='Told.Names']").FillAsync("Invented Person\nИзобретённый Человек");
        await desk.Locator("[name='Told.Place']").SelectOptionAsync("KZ");
        await LookOfDesk.AtAsync(desk, "desk-new", withScript: false);
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open the case" }).ClickAsync();
        await Expect(desk.Locator(".said")).ToContainTextAsync("Put the first event on file");
        Assert.DoesNotContain("Invented", desk.Url, StringComparison.Ordinal);

        await desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Put an event on file" }).ClickAsync();
        await FillAsync(desk, day, "10:00");
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show which dates move" }).ClickAsync();
        await Expect(desk.Locator("#preview")).ToContainTextAsync(end + ", 10:00");
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save", Exact = true }).ClickAsync();
        await Expect(desk.Locator("#dates")).ToContainTextAsync(end + ", 10:00");
        // The reader's own clock stands beside that of the place where the law applies.
        await desk.Locator("#dates summary").First.ClickAsync();
        await Expect(desk.Locator("#dates")).ToContainTextAsync("by your clock");

        // It was an hour later. By keyboard alone, from the field to the button.
        await desk.Locator("#history").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Correct it" }).First.ClickAsync();
        await FillAsync(desk, day, "11:00");
        await desk.Locator("[name='Fact.Source']").FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#preview")).ToContainTextAsync(end + ", 11:00");
        await LookOfDesk.AtAsync(desk, "desk-correct", withScript: false);
        await desk.GotoAsync(desk.Url);
        await Expect(desk.Locator("#preview")).ToHaveCountAsync(0);
        await FillAsync(desk, day, "11:00");
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show which dates move" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save", Exact = true }).ClickAsync();
        await Expect(desk.Locator("#dates")).ToContainTextAsync(end + ", 11:00");
        await Expect(desk.Locator("#dates")).Not.ToContainTextAsync(end + ", 10:00");
    }

    private static async Task FillAsync(IPage desk, LocalDate day, string hour)
    {
        await desk.Locator("[name='Fact.Kind']").SelectOptionAsync("detention_start");
        await desk.Locator("[name='Fact.Day']").FillAsync(LocalDatePattern.Iso.Format(day));
        await desk.Locator("[name='Fact.Time']").FillAsync(hour);
        await desk.Locator("[name='Fact.Precision']").SelectOptionAsync("exact");
    }
}
