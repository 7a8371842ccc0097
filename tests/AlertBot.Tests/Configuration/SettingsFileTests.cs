using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Workflows.Operations;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Configuration;

public sealed class SettingsFileTests
{
    private const string Token = "1000000001:AAinvented-token-of-a-bot-that-is-not";

    private static readonly string Place = Path.Combine(Path.GetTempPath(), "invented", "config", "alertbot.yaml");

    [Fact]
    public void Nothing_given_is_no_problem_and_gives_the_defaults()
    {
        var read = SettingsFile.Read(Place, null, new Dictionary<string, string>());

        Assert.Empty(read.Problems);
        Assert.Equal(new Settings(), read.Settings);
        Assert.Equal("http://127.0.0.1:5080", read.Settings.Web.Url);
        Assert.Equal(LogLevel.Information, read.Settings.LogLevel);
    }

    [Fact]
    public void Owners_read_every_setting_with_its_source_and_no_secret()
    {
        var read = SettingsFile.Read(
            Place,
            $"""
            Telegram:
              Token: {Token}
              MessagesPerSecond: 7
            Backup:
              Keep: 3
            """,
            new Dictionary<string, string>
            {
                ["Backup__Keep"] = "5",
                ["ConnectionStrings__AlertBot"] = "Host=db;Database=alertbot;Username=alertbot;Password=invented",
                ["Monitoring__ProbeChat"] = "telegram,-100123",
            });

        var loaded = read.Loaded.All.ToDictionary(one => one.Key);
        Assert.Equal(GivenSettings.Sections.Sum(section => section.Value.Length), loaded.Count);
        Assert.Equal(new LoadedSetting("Telegram.MessagesPerSecond", "7", SettingSource.File, IsSecret: false), loaded["Telegram.MessagesPerSecond"]);
        Assert.Equal(new LoadedSetting("Backup.Keep", "5", SettingSource.Environment, IsSecret: false), loaded["Backup.Keep"]);
        Assert.Equal(new LoadedSetting("Backup.KeepDays", "60", SettingSource.Default, IsSecret: false), loaded["Backup.KeepDays"]);
        Assert.Equal(new LoadedSetting("Telegram.Token", null, SettingSource.File, IsSecret: true), loaded["Telegram.Token"]);
        Assert.All(
            new[] { Token, "invented", "-100123" }, secret => Assert.DoesNotContain(loaded.Values, one => one.Value?.Contains(secret) == true));
        // Whatever is read as a secret is listed as one.
        Assert.All(loaded.Values.Where(one => one.Key.Contains("Secret") || one.Key.EndsWith("Token")), one => Assert.True(one.IsSecret));
    }

    [Fact]
    public void A_value_of_the_file_is_taken()
    {
        var settings = Good($"""
            ConnectionStrings:
              AlertBot: Host=db;Database=alertbot;Username=alertbot;Password=invented
            Telegram:
              Token: {Token}
              ApiUrl: http://127.0.0.1:8081
              Mode: webhook
              WebhookUrl: https://alerts.example
              WebhookSecret: in_vented-1
              MessagesPerSecond: 0.5
            Signal:
              ApiUrl: http://127.0.0.1:8080
              Account: "+15550100123"
              NewPeoplePerDay: 7
            Web:
              Url: http://*:8080
              PublicUrl: https://alerts.example
            Log:
              Level: warning
            """);

        Assert.Equal("Host=db;Database=alertbot;Username=alertbot;Password=invented", settings.ConnectionString);
        Assert.Equal(Token, settings.Telegram!.Token);
        Assert.Equal(new Uri("http://127.0.0.1:8081"), settings.Telegram.ApiUrl);
        Assert.Equal(TelegramMode.Webhook, settings.Telegram.Mode);
        Assert.Equal(new Uri("https://alerts.example"), settings.Telegram.WebhookUrl);
        Assert.Equal("in_vented-1", settings.Telegram.WebhookSecret);
        Assert.Equal(0.5, settings.Telegram.MessagesPerSecond);
        Assert.Equal(new SignalSettings(new Uri("http://127.0.0.1:8080"), "+15550100123") { NewPeoplePerDay = 7 }, settings.Signal);
        Assert.Equal("http://*:8080", settings.Web.Url);
        Assert.Equal(new Uri("https://alerts.example"), settings.Web.PublicUrl);
        Assert.Equal(LogLevel.Warning, settings.LogLevel);
    }

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        var settings = Good("Web:\n  Url: http://127.0.0.1:1\n  PublicUrl: https://kept.example", ("Web__Url", "http://127.0.0.1:2"));

        Assert.Equal("http://127.0.0.1:2", settings.Web.Url);
        Assert.Equal(new Uri("https://kept.example"), settings.Web.PublicUrl);
    }

    [Fact]
    public void Variables_may_be_written_in_capitals() =>
        Assert.Equal(Token, Good("", ("TELEGRAM__TOKEN", Token)).Telegram!.Token);

    [Fact]
    public void An_empty_variable_leaves_what_the_file_says() =>
        Assert.Equal("http://127.0.0.1:1", Good("Web:\n  Url: http://127.0.0.1:1", ("Web__Url", " ")).Web.Url);

    [Fact]
    public void Without_a_token_there_is_no_Telegram() => Assert.Null(Good("Telegram:\n  Mode: polling").Telegram);

    [Fact]
    public void A_relative_path_of_the_file_starts_above_the_folder_config()
    {
        var settings = Good("Data:\n  Directory: elsewhere\nEncryption:\n  KeyFile: /etc/alertbot/key");

        Assert.Equal(Path.Combine(Path.GetTempPath(), "invented", "elsewhere"), settings.DataDirectory);
        Assert.Equal("/etc/alertbot/key", settings.KeyFile);
    }

    [Fact]
    public void A_relative_path_of_a_variable_starts_at_the_working_directory() =>
        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "here"), Good("", ("Data__Directory", "here")).DataDirectory);

    [Fact]
    public void Settings_print_as_masks()
    {
        var settings = Good($"Telegram:\n  Token: {Token}\nSignal:\n  ApiUrl: https://s\n  Account: '+15550100123'");

        Assert.Equal("(settings)", settings.ToString());
        Assert.DoesNotContain("AAinvented", settings.Telegram!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("15550100123", settings.Signal!.ToString(), StringComparison.Ordinal);
    }

    private static Settings Good(string text, params (string Name, string Value)[] environment)
    {
        var read = SettingsFile.Read(Place, text.Length == 0 ? null : text, environment.ToDictionary(each => each.Name, each => each.Value));
        Assert.Empty(read.Problems);
        return read.Settings;
    }
}
