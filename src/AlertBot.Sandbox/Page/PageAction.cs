namespace AlertBot.Sandbox.Page;

/// <summary>A visitor's action in one window of the page.</summary>
/// <param name="Window">The window's key.</param>
/// <param name="As">In a group, the member who acts.</param>
internal abstract record PageAction(string? Window, long? As)
{
    public sealed record SendText(string? Window, long? As, string? Text, long? Thread, long? ReplyTo) : PageAction(Window, As);

    /// <param name="Type">The browser's content type for it.</param>
    /// <param name="Data">The bytes, as base64.</param>
    public sealed record SendFile(string? Window, long? As, string? Name, string? Type, byte[]? Data, string? Caption, long? Thread)
        : PageAction(Window, As);

    public sealed record SendLocation(string? Window, long? As, double Latitude, double Longitude, long? Thread) : PageAction(Window, As);

    /// <param name="Data">The button's data.</param>
    public sealed record Press(string? Window, long? As, long Message, string? Data) : PageAction(Window, As);

    /// <summary>On Signal: puts an emoji on a message, or removes it if it is already there.</summary>
    public sealed record React(string? Window, long? As, long Message, string? Emoji) : PageAction(Window, As);

    /// <summary>Presses a button beside the caption of a story.</summary>
    public sealed record Choose(string? Window, long? As, string? Word) : PageAction(Window, As);

    public sealed record Block(string? Window, long? As, bool Blocked) : PageAction(Window, As);
}
