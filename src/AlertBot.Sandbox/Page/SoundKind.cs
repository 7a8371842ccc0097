namespace AlertBot.Sandbox.Page;

/// <summary>The kind of a recording by its first bytes. Its name is only what somebody says.</summary>
internal static class SoundKind
{
    /// <returns>Null: no sound that browsers play.</returns>
    public static string? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "audio/webm",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFB, ..] => "audio/mpeg",
        [0xFF, 0xF1 or 0xF9, ..] => "audio/aac",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "audio/mp4",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        _ => null,
    };
}
