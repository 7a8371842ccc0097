using AlertBot.Configuration;

namespace AlertBot.Tests.Configuration;

/// <summary>What an operator reads about a wrong setting: its place, the mistake, and never a secret.</summary>
public sealed class SettingProblemTests
{
    private const string Secret = "AAinvented-token-of-a-bot-that-is-not";

    [Theory]
    [InlineData("Telegrom:\n  Token: x", "alertbot.yaml:1: unknown key 'Telegrom' (did you mean 'Telegram'?)")]
    [InlineData("Web:\n\n  PublicUri: x", "alertbot.yaml:3: unknown key 'PublicUri' (did you mean 'PublicUrl'?)")]
    [InlineData("Web:\n  url: x", "alertbot.yaml:2: unknown key 'url' (did you mean 'Url'?)")]
    [InlineData("Web: x", "alertbot.yaml:1: 'Web' must be a mapping of keys to values")]
    [InlineData("Web:\n  Url: [a, b]", "alertbot.yaml:2: 'Url' must be a single value")]
    [InlineData("Web:\n  Url: a\n  Url: b", "alertbot.yaml:3: this is not valid YAML")]
    [InlineData("Web:\n  Url: 127.0.0.1:5080", "alertbot.yaml:2: Web.Url must be an address to listen on")]
    [InlineData("Web:\n  Url: https://127.0.0.1:99999", "alertbot.yaml:2: Web.Url must be an address to listen on")]
    [InlineData("Web:\n  PublicUrl: alerts.example", "alertbot.yaml:2: Web.PublicUrl must be an address that begins with http:// or https://, "
        + "not 'alerts.example'")]
    [InlineData("Web:\n  PublicUrl: https://alerts.example/?a=b", "alertbot.yaml:2: Web.PublicUrl must end before the first ? or #")]
    [InlineData(
        "Telegram:\n  MessagesPerSecond: many", "alertbot.yaml:2: Telegram.MessagesPerSecond must be a number above 0 and at most 1000, not 'many'")]
    [InlineData("Telegram:\n  MessagesPerSecond: 0", "must be a number above 0")]
    [InlineData(
        "Telegram:\n  Mode: pulling", "alertbot.yaml:2: Telegram.Mode must be one of polling, webhook, not 'pulling' (did you mean 'polling'?)")]
    [InlineData("Telegram:\n  Mode: webhook", "alertbot.yaml:2: Telegram.Mode is webhook, so Telegram.WebhookUrl must say where")]
    [InlineData("Telegram:\n  Mode: 1", "Telegram.Mode must be one of polling, webhook, not '1'")]
    [InlineData("Telegram:\n  WebhookUrl: http://alerts.example", "alertbot.yaml:2: Telegram.WebhookUrl must begin with https://")]
    [InlineData("Telegram:\n  Token: a\n  TokenFile: b", "alertbot.yaml:3: Telegram.Token and Telegram.TokenFile are both set")]
    [InlineData("Signal:\n  ApiUrl: http://127.0.0.1:8080", "alertbot.yaml:2: Signal.ApiUrl is set, and Signal.Account is missing")]
    [InlineData("Signal:\n  Account: '+15550100123'", "alertbot.yaml:2: Signal.Account is set, and Signal.ApiUrl is missing")]
    [InlineData("Log:\n  Level: warn", "alertbot.yaml:2: Log.Level must be one of trace, debug, information, warning")]
    public void A_mistake_in_the_file_is_named_with_its_line(string text, string said) =>
        Assert.Contains(said, Only(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("Telegram__Tokn", "Telegram__Tokn: is no setting of AlertBot (did you mean 'Telegram__Token'?)")]
    [InlineData("TELEGRAM__TOKN", "TELEGRAM__TOKN: is no setting of AlertBot (did you mean 'Telegram__Token'?)")]
    [InlineData("Telegran__Token", "Telegran__Token: is no setting of AlertBot (did you mean 'Telegram__Token'?)")]
    [InlineData("ConnectionStrings__Default", "known are: ConnectionStrings__AlertBot")]
    [InlineData("Web__PublicUrl__0", "Web__PublicUrl__0: is no setting of AlertBot (did you mean 'Web__PublicUrl'?)")]
    [InlineData("Web__Url", "Web__Url: Web.Url must be an address to listen on")]
    public void A_mistake_in_a_variable_is_named_with_the_variable(string name, string said) =>
        Assert.Contains(said, Only("", (name, "invented")), StringComparison.Ordinal);

    [Fact]
    public void The_same_setting_in_two_spellings_is_a_mistake() => Assert.Equal(
        "Web__Url: is the same setting as WEB__URL: remove one of the two",
        Only("", ("Web__Url", "http://127.0.0.1:1"), ("WEB__URL", "http://127.0.0.1:2")));

    [Theory]
    [InlineData("Logging__LogLevel__Default")]
    [InlineData("Dev__Url")]
    [InlineData("WEB_URL")]
    [InlineData("__Token")]
    public void Variables_of_others_are_left_alone(string name) =>
        Assert.Empty(SettingsFile.Read("config/alertbot.yaml", null, new Dictionary<string, string> { [name] = "invented" }).Problems);

    [Theory]
    [InlineData("ConnectionStrings:\n  AlertBot: postgres://alertbot:" + Secret + "@db/alertbot")]
    [InlineData("ConnectionStrings:\n  AlertBot: Host=db;Pasword=" + Secret)]
    [InlineData("ConnectionStrings:\n  AlertBot: Password=" + Secret)]
    [InlineData("Telegram:\n  Token: bot " + Secret)]
    [InlineData("Telegram:\n  WebhookSecret: in vented " + Secret)]
    [InlineData("Telegram:\n  ApiUrl: https://api.example/bot1000000001:" + Secret)]
    [InlineData("Telegram:\n  ApiUrl: 1000000001:" + Secret)]
    [InlineData("Telegram:\n  Mode: 1000000001:" + Secret)]
    [InlineData("Telegram:\n  MessagesPerSecond: 1000000001:" + Secret)]
    [InlineData("Telegram:\n  WebhookUrl: https://user:" + Secret + "@alerts.example")]
    [InlineData("Web:\n  Url: user:" + Secret + "@alerts.example")]
    [InlineData("Signal:\n  ApiUrl: http://127.0.0.1:8080\n  Account: " + Secret)]
    public void A_problem_never_repeats_a_secret(string text) =>
        Assert.DoesNotContain(Secret, Only(text), StringComparison.Ordinal);

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var problems = SettingsFile.Read(
            "config/alertbot.yaml", "Web:\n  Url: x\nLog:\n  Level: y\nJob:\n  Engine: x",
            new Dictionary<string, string> { ["Telegram__Mode"] = "z" }).Problems;

        Assert.Equal(4, problems.Count);
    }

    private static string Only(string text, params (string Name, string Value)[] environment) => Assert.Single(
        SettingsFile.Read("config/alertbot.yaml", text.Length == 0 ? null : text, environment.ToDictionary(each => each.Name, each => each.Value))
            .Problems).ToString();
}
