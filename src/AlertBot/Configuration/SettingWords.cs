using System.Globalization;
using AlertBot.Workflows.Operations;
using NodaTime.Text;

namespace AlertBot.Configuration;

/// <summary>The settings as owners read them at the desk: each key with its value and where that comes from.</summary>
internal static class SettingWords
{
    // Also what names a person or lets somebody in without being called a password: a phone number, a chat, an address with a key in it.
    private static readonly HashSet<string> Secrets = new(StringComparer.Ordinal)
    {
        "ConnectionStrings.AlertBot", "Telegram.Token", "Telegram.WebhookSecret", "Signal.Account", "Monitoring.HeartbeatUrl",
        "Monitoring.ProbeChat", "Monitoring.MetricsToken",
    };

    public static LoadedSettings Of(GivenSettings given, Settings settings) => new(GivenSettings.Sections
        .SelectMany(section => section.Value.Select(key => $"{section.Key}.{key}")).Select(key => Of(key, given[key], settings)).ToList());

    private static LoadedSetting Of(string key, GivenSetting? value, Settings settings)
    {
        var source = value switch
        {
            null => SettingSource.Default,
            { IsFromEnvironment: true } => SettingSource.Environment,
            _ => SettingSource.File,
        };
        return Secrets.Contains(key)
            ? new LoadedSetting(key, null, source, IsSecret: true)
            : new LoadedSetting(key, value?.Text ?? DefaultOf(key, settings), source, IsSecret: false);
    }

    // What has no default that is known here, such as a directory that depends on the machine, is shown as not set.
    private static string? DefaultOf(string key, Settings settings) => key switch
    {
        "Telegram.ApiUrl" => settings.Telegram?.ApiUrl.AbsoluteUri,
        "Telegram.Mode" => settings.Telegram is { } telegram ? SettingReader.NameOf(telegram.Mode) : null,
        "Telegram.MessagesPerSecond" => settings.Telegram?.MessagesPerSecond.ToString(CultureInfo.InvariantCulture),
        "Signal.NewPeoplePerDay" => settings.Signal?.NewPeoplePerDay.ToString(CultureInfo.InvariantCulture),
        "Backup.Keep" => settings.Backup.Keep.ToString(CultureInfo.InvariantCulture),
        "Backup.KeepDays" => settings.Backup.KeepDays.ToString(CultureInfo.InvariantCulture),
        "Backup.At" => LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Format(settings.Backup.At),
        "Web.Url" => settings.Web.Url,
        "Log.Level" => SettingReader.NameOf(settings.LogLevel),
        "Telegram.AllowHttp" or "Signal.AllowHttp" => SettingReader.NameOf(YesOrNo.False),
        _ => null,
    };
}
