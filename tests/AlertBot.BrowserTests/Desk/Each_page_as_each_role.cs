using AlertBot.BrowserTests.Support;
using AlertBot.Desk.Frame;
using AlertBot.Domain.People;

namespace AlertBot.BrowserTests.Desk;

/// <summary>Every page of the navigation, and those behind it, opened by everybody: what must be refused is refused.</summary>
public sealed class Each_page_as_each_role(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Behind = ["/console/cases/new", "/console/people/invite"];

    [BrowserFact]
    public async Task Opens_for_whoever_may_see_it_and_for_nobody_else()
    {
        await using var night = await LiveDesk.StartAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            await using var context = await chromium.Browser.NewContextAsync();
            var page = await context.NewPageAsync();
            var phone = role == Role.Reporter ? night.Sandbox.AddPerson("Reporter") : await night.AddAsync(role, role.ToString());
            if (role >= Role.Coordinator)
                await night.SignInAsync(page, phone);
            else
                Assert.DoesNotContain("sign-in", (await LiveDesk.SayAsync(phone, "/console")).Text, StringComparison.Ordinal);

            foreach (var (path, needs) in DeskPlaces.All.Where(place => place.Path != DeskPlaces.Jobs).Select(place => (place.Path, place.Needs))
                .Concat(Behind.Select(path => (path, Role.Coordinator))))
            {
                var answer = await page.GotoAsync(new Uri(night.Url, path).AbsoluteUri);
                Assert.Equal(role < Role.Coordinator ? 401 : role >= needs ? 200 : 404, answer!.Status);
                // The navigation offers what opens, and nothing else.
                var offered = await page.Locator("header nav a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
                if (answer.Status != 404)
                    Assert.Equal(DeskPlaces.All.Where(place => role >= place.Needs).Select(place => place.Path), offered);
            }
        }
    }
}
