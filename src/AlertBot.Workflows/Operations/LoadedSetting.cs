namespace AlertBot.Workflows.Operations;

/// <summary>A setting as the program loaded it, for owners to read. A secret's value is not in it.</summary>
/// <param name="Key">As in the file: <c>Telegram.Mode</c>.</param>
/// <param name="Value">Null: not set, or a secret.</param>
public sealed record LoadedSetting(string Key, string? Value, SettingSource Source, bool IsSecret);

/// <summary>Where a setting's value comes from.</summary>
public enum SettingSource
{
    Default,
    File,
    Environment,
}

/// <summary>All settings, in the order of the file.</summary>
public sealed record LoadedSettings(IReadOnlyList<LoadedSetting> All)
{
    public static LoadedSettings None { get; } = new([]);
}
