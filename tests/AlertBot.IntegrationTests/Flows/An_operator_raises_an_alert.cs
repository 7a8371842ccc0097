using System.Text.Json;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>By hand, on the machine. What nobody hears is no success, and the list says so too.</summary>
public sealed class An_operator_raises_an_alert
{
    [PostgresFact]
    public async Task What_nobody_can_be_told_fails_and_stands_in_the_list_until_somebody_is()
    {
        await using var place = await Place.CreateAsync();
        var (_, opened) = await place.RunAsync(
            "case", "import", place.File("case.json", """{ "names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ"] }"""));
        var code = opened.Split('\n').Select(line => line.Trim()).First(line => line.StartsWith("K-", StringComparison.Ordinal));

        var (failed, said) = await place.RunAsync("alert", "send", "--case", code, "--severity", "critical", "--text", "The hearing is now");
        Assert.Equal(1, failed);
        Assert.Contains("nobody was told", said, StringComparison.Ordinal);

        var (listed, list) = await place.RunAsync("alert", "list", "--json");
        Assert.Equal(0, listed);
        using var json = JsonDocument.Parse(list[list.IndexOf('[', StringComparison.Ordinal)..]);
        var one = json.RootElement[0];
        Assert.Equal(
            (code, "critical", "untold", 0),
            (one.GetProperty("case").GetString(), one.GetProperty("severity").GetString(), one.GetProperty("state").GetString(),
                one.GetProperty("sent").GetInt32()));
        var (_, status) = await place.RunAsync("alert", "status", one.GetProperty("id").GetString()!, "--json");
        Assert.Contains("\"untold\"", status, StringComparison.Ordinal);
        Assert.Contains("\"acks\":[]", status, StringComparison.Ordinal);
    }
}
