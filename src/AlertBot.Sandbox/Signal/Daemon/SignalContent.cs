using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>Reads the content of a call of <c>send</c>.</summary>
internal static partial class SignalContent
{
    private static readonly string[] Styles = ["BOLD", "ITALIC", "SPOILER", "STRIKETHROUGH", "MONOSPACE"];

    /// <returns>The message without its timestamp.</returns>
    public static SandboxSignalMessage Read(SignalWorld world, SignalRecipients recipients, SignalParams call) =>
        new(0, world.BotId, SignalWorld.BotName, true, world.Now, call.Text("message") ?? "")
        {
            Styles = [.. call.Texts("textStyle").Select(Style)],
            Quote = Quote(recipients, call),
            Files = [.. call.Texts("attachment").Select(uri => File(world, uri, call.Flag("voiceNote")))],
        };

    private static SandboxSignalQuote? Quote(SignalRecipients recipients, SignalParams call)
    {
        if (call.Number("quoteTimestamp") is not { } timestamp)
            return null;
        var author = call.Text("quoteAuthor") ?? throw new SignalError(SignalError.User, "Quote author parameter is missing");
        return new SandboxSignalQuote(timestamp, recipients.AuthorOf(SignalRecipients.Single(author)), call.Text("quoteMessage") ?? "");
    }

    private static SandboxSignalStyle Style(string text)
    {
        var match = StyleForm().Match(text);
        if (!match.Success)
            throw new SignalError(SignalError.User, $"Invalid textStyle syntax ({text}) expected 'start:length:STYLE'");
        return Styles.Contains(match.Groups[3].Value)
            ? new SandboxSignalStyle(Number(match.Groups[1]), Number(match.Groups[2]), match.Groups[3].Value)
            : throw new SignalError(SignalError.User, "Invalid style: " + match.Groups[3].Value);
    }

    private static SandboxFile File(SignalWorld world, string uri, bool isVoice)
    {
        // A path would name a file on signal-cli's machine. A sandbox has no such files.
        var match = DataUri().Match(uri);
        var bytes = new byte[uri.Length];
        if (!match.Success || !Convert.TryFromBase64String(match.Groups["data"].Value, bytes, out var length))
            throw SignalError.Unexpected($"Failed to send message: {uri}: No such file (AttachmentInvalidException)");
        var type = match.Groups["type"].Length > 0 ? match.Groups["type"].Value : "text/plain";
        var name = match.Groups["name"].Length > 0 ? Uri.UnescapeDataString(match.Groups["name"].Value) : "file";
        return world.Around.AddFile(isVoice ? "voice" : Kind(type), name, type, bytes[..length]);
    }

    private static string Kind(string type) => type.Split('/')[0] switch
    {
        "image" => "photo",
        "video" => "video",
        _ => "document",
    };

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([0-9]{1,9}):([0-9]{1,9}):(.+)$")]
    private static partial Regex StyleForm();

    // RFC 2397, with the file's name as a parameter.
    [GeneratedRegex(
        "^data:(?<type>[^;,]*)(;filename=(?<name>[^;,]*))?(;[^;,=]+=[^;,]*)*;base64,(?<data>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex DataUri();
}
