using System.Collections;
using System.Text.RegularExpressions;
using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Operations;
using Npgsql;

namespace AlertBot.Configuration;

/// <summary>
/// The settings and everything that is wrong with them. The program does not start with a problem: it must never use a default where the operator
/// meant something else.
/// </summary>
public sealed partial record SettingsFile(Settings Settings, IReadOnlyList<SettingProblem> Problems)
{
    /// <summary>The same for owners to read: secrets are left out.</summary>
    public LoadedSettings Loaded { get; init; } = LoadedSettings.None;

    /// <summary>Reads <c>alertbot.yaml</c> in the folder <c>config</c>, then this process's environment, which overrides it.</summary>
    /// <param name="path">The file may be missing: the environment may hold all settings.</param>
    public static SettingsFile Load(string path)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal);
        try
        {
            return Read(path, File.Exists(path) ? File.ReadAllText(path) : null, environment);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return new SettingsFile(new Settings(), [new SettingProblem(path, "cannot be read by this user")]);
        }
    }

    /// <summary>Relative paths in the file start at the folder above <c>config</c>, those in a variable at the working directory.</summary>
    internal static SettingsFile Read(string path, string? text, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new List<SettingProblem>();
        var given = new GivenSettings(problems);
        if (text is not null)
            given.ReadFile(path, text, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "", "..")));
        given.ReadEnvironment(environment, Directory.GetCurrentDirectory());

        var settings = SettingsOf(new SettingReader(given, problems));
        return new SettingsFile(settings, problems) { Loaded = SettingWords.Of(given, settings) };
    }

    private static Settings SettingsOf(SettingReader read)
    {
        var otherwise = new Settings();
        return new Settings
        {
            ConnectionString = ConnectionString(read),
            DataDirectory = read.FilePath("Data.Directory"),
            KeyFile = read.FilePath("Encryption.KeyFile"),
            Telegram = Telegram(read),
            Signal = Signal(read),
            Web = new WebSettings { Url = read.ListenUrl("Web.Url") ?? otherwise.Web.Url, PublicUrl = read.Url("Web.PublicUrl") },
            Backup = Backup(read, otherwise.Backup),
            HeartbeatUrl = read.SecretUrl("Monitoring.HeartbeatUrl"),
            ProbeChat = ProbeChat(read),
            MetricsToken = read.Secret("Monitoring.MetricsToken", MetricsTokenForm(), "16 to 256 characters A-Z, a-z, 0-9, _ and -"),
            LogLevel = read.Choice<LogLevel>("Log.Level") ?? otherwise.LogLevel,
        };
    }

    private static ChannelAddress? ProbeChat(SettingReader read)
    {
        if (read.Given("Monitoring.ProbeChat") is not { } value)
            return null;
        if (value.Text.Split(',', 2, StringSplitOptions.TrimEntries) is [var channel, var chat]
            && Words.Read<ChannelKind>(channel) is { } kind && WrittenAddress.Read(kind, chat) is { } at)
            return at;
        read.Report(value, "Monitoring.ProbeChat must look like telegram,-100123 or signal,+15550100123 (the value is not shown)");
        return null;
    }

    private static BackupSettings Backup(SettingReader read, BackupSettings otherwise) => new()
    {
        Directory = read.FilePath("Backup.Directory"),
        Journal = read.FilePath("Backup.Journal"),
        Keep = read.WholeNumber("Backup.Keep", least: 1, most: 10_000) ?? otherwise.Keep,
        KeepDays = read.WholeNumber("Backup.KeepDays", least: 1, most: 10_000) ?? otherwise.KeepDays,
        At = read.TimeOfDay("Backup.At") ?? otherwise.At,
    };

    private static string? ConnectionString(SettingReader read)
    {
        if (read.Given("ConnectionStrings.AlertBot") is not { } value)
            return null;

        try
        {
            if (new NpgsqlConnectionStringBuilder(value.Text).Host is { Length: > 0 })
                return value.Text;
        }
        catch (Exception mistake) when (mistake is ArgumentException or FormatException)
        {
            // The library's message may quote the password.
        }

        read.Report(value, "ConnectionStrings.AlertBot must look like Host=...;Database=...;Username=...;Password=... (the value is not shown)");
        return null;
    }

    private static TelegramSettings? Telegram(SettingReader read)
    {
        // All settings are read, so that a mistake is reported even without a token.
        var settings = new TelegramSettings(Token(read) ?? "")
        {
            ApiUrl = read.SafeUrl("Telegram.ApiUrl", "Telegram.AllowHttp") ?? TelegramSettings.PublicApi,
            Mode = read.Choice<TelegramMode>("Telegram.Mode") ?? TelegramMode.Polling,
            WebhookUrl = read.Url("Telegram.WebhookUrl"),
            WebhookSecret = read.Secret("Telegram.WebhookSecret", WebhookSecretForm(), "1 to 256 characters A-Z, a-z, 0-9, _ and -"),
            MessagesPerSecond = read.Number("Telegram.MessagesPerSecond", above: 0, most: 1000) ?? 30,
        };
        CheckWebhook(read, settings);
        return settings.Token.Length > 0 ? settings : null;
    }

    private static string? Token(SettingReader read)
    {
        var (token, file) = (read.Given("Telegram.Token"), read.Given("Telegram.TokenFile"));
        if (token is not null && file is not null && token.IsFromEnvironment == file.IsFromEnvironment)
        {
            read.Report(file, "Telegram.Token and Telegram.TokenFile are both set: keep one");
            return null;
        }

        // The environment wins over the file, even if one gives the token and the other a token file.
        if (token is not null && (file is null || token.IsFromEnvironment))
            return read.Secret("Telegram.Token", TokenForm(), TokenMeaning);
        if (file is null)
            return null;

        var (secret, problem) = SecretFile.Read(read.FilePath("Telegram.TokenFile")!);
        if (secret is not null && !TokenForm().IsMatch(secret))
            problem = $"what the file holds is not {TokenMeaning}";
        if (problem is not null)
            read.Report(file, $"Telegram.TokenFile: {problem}");
        return problem is null ? secret : null;
    }

    private static void CheckWebhook(SettingReader read, TelegramSettings settings)
    {
        if (read.Given("Telegram.Mode") is { } mode && settings is { Mode: TelegramMode.Webhook, WebhookUrl: null })
        {
            if (read.Given("Telegram.WebhookUrl") is null)
                read.Report(mode, "Telegram.Mode is webhook, so Telegram.WebhookUrl must say where Telegram finds us");
        }
        else if (read.Given("Telegram.WebhookUrl") is { } given && settings.WebhookUrl?.Scheme == "http"
            && settings.ApiUrl == TelegramSettings.PublicApi)
        {
            read.Report(given, "Telegram.WebhookUrl must begin with https://: Telegram calls no other");
        }
    }

    private static SignalSettings? Signal(SettingReader read)
    {
        var api = read.SafeUrl("Signal.ApiUrl", "Signal.AllowHttp");
        var account = read.Secret("Signal.Account", PhoneForm(), "a number such as +15550100123");
        var newPeople = read.WholeNumber("Signal.NewPeoplePerDay", least: 0, most: 10_000);
        if (api is not null && account is not null)
        {
            var settings = new SignalSettings(api, account);
            return newPeople is { } most ? settings with { NewPeoplePerDay = most } : settings;
        }

        foreach (var (one, other) in new[] { ("Signal.ApiUrl", "Signal.Account"), ("Signal.Account", "Signal.ApiUrl") })
        {
            if (read.Given(one) is { } alone && read.Given(other) is null)
                read.Report(alone, $"{one} is set, and {other} is missing: Signal needs both");
        }

        return null;
    }

    private const string TokenMeaning = "a bot token as BotFather gives it, digits, a colon and letters";

    [GeneratedRegex(@"^[0-9]+:[A-Za-z0-9_-]{20,}\z")]
    private static partial Regex TokenForm();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex WebhookSecretForm();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{16,256}\z")]
    private static partial Regex MetricsTokenForm();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex PhoneForm();
}
