using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Webhooks;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A webhook: told of what happened, by codes, at least once, and loudly given up.</summary>
public sealed partial class A_program_is_called
{
    [PostgresFact]
    public async Task It_is_told_in_codes_and_can_check_who_calls()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        await using var listener = await WebhookListener.StartAsync();
        using var owner = await desk.SignInAsync(await bot.AddAsync(Role.Owner));
        var file = await bot.OpenCaseAsync("Azamat Invented");
        var secret = SecretIn(await AddAsync(owner, listener.Url.AbsoluteUri, WebhookKind.Incident, WebhookKind.Fact));

        await RecordAsync(bot, file);
        await RunningBot.SayAsync(bot.Sandbox.AddPerson("Witness"), "They arrested Azamat Invented in Almaty");
        await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);

        Assert.Equal(["fact detention_start", "incident reported"], listener.Calls.Select(call => $"{At(call, "kind")} {At(call, "what")}").Order());
        Assert.All(listener.Calls, call =>
        {
            Assert.Equal((file.Code.Text, call.Id), (At(call, "case"), At(call, "id")));
            Assert.DoesNotContain("Azamat", call.Body, StringComparison.Ordinal);
            var stamp = bot.Clock.GetCurrentInstant().ToUnixTimeSeconds();
            Assert.Equal(WebhookPost.SignatureOf(secret, stamp, call.Body), call.Signature);
        });
        Assert.Equal("A-", At(listener.Calls.Single(call => At(call, "kind") == "incident"), "incident")![..2]);
        Assert.DoesNotContain(secret, (await owner.GetAsync("/console/webhooks")).Text, StringComparison.Ordinal);
        // What was taken is not sent again.
        bot.Clock.Advance(Duration.FromDays(1));
        await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);
        Assert.Equal(2, listener.Calls.Count);
    }

    [PostgresFact]
    public async Task What_was_not_taken_comes_again_also_after_its_sender_died_until_a_day_is_over()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        await using var listener = await WebhookListener.StartAsync();
        var boss = await bot.AddAsync(Role.Owner);
        using var owner = await desk.SignInAsync(boss);
        var file = await bot.OpenCaseAsync();
        await AddAsync(owner, listener.Url.AbsoluteUri, WebhookKind.Fact);
        await RecordAsync(bot, file);
        var send = bot.Get<SendWebhooks>();

        // A sender takes it and dies before it sends.
        Assert.Single(await bot.ActAsync(session => session.Webhooks.TakeDueAsync(10, Duration.FromMinutes(1))));
        await send.DrainAsync(CancellationToken.None);
        Assert.Empty(listener.Calls);
        // Nothing that it leads on to is called.
        listener.Answers = StatusCodes.Status302Found;
        bot.Clock.Advance(Duration.FromMinutes(1));
        await send.DrainAsync(CancellationToken.None);
        Assert.Single(listener.Calls);
        var failing = (await owner.GetAsync("/console/webhooks")).Text;
        Assert.True(failing.Contains("(http 302)", StringComparison.Ordinal), failing[failing.IndexOf("<main", StringComparison.Ordinal)..]);

        listener.Answers = StatusCodes.Status500InternalServerError;
        for (var hour = 0; hour < 26; hour++)
        {
            bot.Clock.Advance(Duration.FromHours(1));
            await send.DrainAsync(CancellationToken.None);
        }

        Assert.InRange(listener.Calls.Count, 20, 26);
        Assert.Single(listener.Calls.Select(call => call.Id).Distinct());
        using var later = await desk.SignInAsync(boss);
        Assert.Contains("Given up after a day: 1.", (await later.GetAsync("/console/webhooks")).Text, StringComparison.Ordinal);

        listener.Answers = StatusCodes.Status204NoContent;
        await RecordAsync(bot, file);
        await send.DrainAsync(CancellationToken.None);
        Assert.Equal(2, listener.Calls.Select(call => call.Id).Distinct().Count());
        Assert.Contains("last answered", (await later.GetAsync("/console/webhooks")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task One_that_fails_for_three_days_is_switched_off_and_its_owners_hear_of_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        await using var listener = await WebhookListener.StartAsync();
        var boss = await bot.AddAsync(Role.Owner);
        using var owner = await desk.SignInAsync(boss);
        var file = await bot.OpenCaseAsync();
        await AddAsync(owner, listener.Url.AbsoluteUri, WebhookKind.Fact);
        listener.Answers = StatusCodes.Status500InternalServerError;
        for (var day = 0; day < 4; day++)
        {
            await RecordAsync(bot, file);
            for (var time = 0; time < 3; time++)
            {
                bot.Clock.Advance(Duration.FromHours(8));
                await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);
            }
        }

        await boss.WaitForTextAsync("is switched off");
        using var again = await desk.SignInAsync(boss);
        var page = await again.GetAsync("/console/webhooks");
        Assert.Contains("SWITCHED OFF", page.Text, StringComparison.Ordinal);
        var calls = listener.Calls.Count;
        await RecordAsync(bot, file);
        await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);
        Assert.Equal(calls, listener.Calls.Count);

        listener.Answers = StatusCodes.Status200OK;
        var id = Assert.Single(await bot.ActAsync(session => session.Webhooks.AllAsync())).Id.Value.ToString("N");
        await again.PostAsync("/console/webhooks/on", page, ("webhook", id));
        await RecordAsync(bot, file);
        await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);
        Assert.Equal(calls + 1, listener.Calls.Count);
        await again.PostAsync("/console/webhooks/remove", page, ("webhook", id));
        Assert.Empty(await bot.ActAsync(session => session.Webhooks.AllAsync()));
    }

    [PostgresFact]
    public async Task Only_an_owner_adds_one_and_only_to_a_public_place()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var owner = await desk.SignInAsync(await bot.AddAsync(Role.Owner));
        using var coordinator = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));

        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync("/console/webhooks")).Status);
        foreach (var url in new[] { "http://example.org/hook", "https://10.0.0.7/hook", "https://[fd00::1]/hook", "ftp://example.org/", "nonsense" })
            Assert.Contains("role=\"alert\"", (await AddAsync(owner, url, WebhookKind.Fact)).Text, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", (await AddAsync(owner, "https://example.org/hook")).Text, StringComparison.Ordinal);
        Assert.Empty(await bot.ActAsync(session => session.Webhooks.AllAsync()));
    }

    [PostgresFact]
    public async Task One_that_is_being_removed_keeps_no_report_from_being_heard()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        await using var listener = await WebhookListener.StartAsync();
        var boss = await bot.AddAsync(Role.Owner);
        using var owner = await desk.SignInAsync(boss);
        await AddAsync(owner, listener.Url.AbsoluteUri, WebhookKind.Incident);
        var webhook = Assert.Single(await bot.ActAsync(session => session.Webhooks.AllAsync()));

        await using (var removing = await bot.Database.BeginAsync(CancellationToken.None))
        {
            await removing.Webhooks.RemoveAsync(webhook.Id);
            await RunningBot.SayAsync(bot.Sandbox.AddPerson("Witness"), "They arrested my brother in Almaty");
            await boss.WaitForTextAsync("my brother");
            await removing.CommitAsync(CancellationToken.None);
        }

        await bot.SettleAsync();
        Assert.Empty(await bot.ActAsync(session => session.Webhooks.AllAsync()));
    }

    [PostgresFact]
    public async Task Owners_hear_of_a_new_one_at_once_and_it_ends_with_whoever_added_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        await using var listener = await WebhookListener.StartAsync();
        var (boss, other) = (await bot.AddAsync(Role.Owner), await bot.AddAsync(Role.Owner));
        using var owner = await desk.SignInAsync(boss);
        using var others = await desk.SignInAsync(other);
        var file = await bot.OpenCaseAsync();
        await AddAsync(owner, listener.Url.AbsoluteUri, WebhookKind.Fact);
        // Whoever sits at a browser of theirs may have added it.
        foreach (var phone in new[] { boss, other })
            Assert.Contains("facts on file", (await phone.WaitForTextAsync("added a webhook: 127.0.0.1")).Text, StringComparison.Ordinal);

        await RecordAsync(bot, file);
        var maker = Assert.Single(await bot.ActAsync(session => session.Webhooks.AllAsync())).Webhook!.MadeBy!.Value;
        await bot.ActAsync(async session => await bot.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), maker));
        await RecordAsync(bot, file);
        await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);

        Assert.Empty(listener.Calls);
        await other.WaitForTextAsync("Webhooks switched off with it: 1");
        var page = await others.GetAsync("/console/webhooks");
        Assert.Contains("SWITCHED OFF with whoever added it", page.Text, StringComparison.Ordinal);
        Assert.Contains("Given up after a day: 1.", page.Text, StringComparison.Ordinal);

        // Whoever switches it on answers for it.
        var id = Assert.Single(await bot.ActAsync(session => session.Webhooks.AllAsync())).Id;
        await others.PostAsync("/console/webhooks/on", page, ("webhook", id.Value.ToString("N")));
        await other.WaitForTextAsync("switched a webhook on again");
        await RecordAsync(bot, file);
        await bot.Get<SendWebhooks>().DrainAsync(CancellationToken.None);
        Assert.Single(listener.Calls);
        Assert.NotEqual(maker, (await bot.ActAsync(session => session.Webhooks.FindAsync(id)))!.MadeBy);
    }

    private static async Task<Page> AddAsync(DeskBrowser browser, string url, params WebhookKind[] kinds) => await browser.PostAsync(
        "/console/webhooks", await browser.GetAsync("/console/webhooks"),
        [("_handler", "webhook"), ("WebhookUrl", url), .. kinds.Select(kind => ("kind", $"{kind}"))]);

    private static Task<bool> RecordAsync(RunningBot bot, CaseFile file) => bot.ActAsync(async session =>
    {
        var draft = new EventDraft("detention_start") { At = "2026-03-01" };
        return await bot.Get<RecordEvent>().RunAsync(session.As(Actor.Operator), file.Id, draft.Read(file.Zone).Event!) is not null;
    });

    private static string? At(HeardCall call, string name)
    {
        using var json = JsonDocument.Parse(call.Body);
        return json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static string SecretIn(Page page) => Secret().Match(page.Text).Value;

    [GeneratedRegex("whsec_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
