using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.SandboxPage;

/// <summary>Telegram as a bot sees it whose country has just blocked it.</summary>
public sealed class TelegramDownTests
{
    [Fact]
    public async Task Every_call_breaks_a_waiting_one_too_and_what_people_wrote_is_there_afterwards()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var http = new HttpClient { BaseAddress = sandbox.Url };
        var person = sandbox.AddPerson("Test Person");
        var poll = http.GetStringAsync($"/bot{sandbox.Token}/getUpdates?timeout=50");
        while (sandbox.Calls.Count == 0)
            await Task.Yield();

        sandbox.TakeTelegramDown();

        await BreaksAsync(poll);
        await BreaksAsync(http.GetStringAsync($"/bot{sandbox.Token}/getMe"));
        await BreaksAsync(http.GetStringAsync($"/bot{sandbox.Token}/sendMessage?chat_id={person.Id}&text=hello"));
        person.SendText("is anybody there?");
        Assert.Single(person.Messages);

        sandbox.BringTelegramUp();

        Assert.Contains("is anybody there?", await http.GetStringAsync($"/bot{sandbox.Token}/getUpdates"), StringComparison.Ordinal);
    }

    // There is no answer at all, not even a refusal.
    private static async Task BreaksAsync(Task<string> call) =>
        Assert.Null((await Assert.ThrowsAnyAsync<HttpRequestException>(() => call)).StatusCode);
}
