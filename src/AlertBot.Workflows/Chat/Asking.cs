using System.Globalization;
using System.Security.Cryptography;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Chat;

/// <summary>Reads what a person says to a conversation, and puts the next question.</summary>
internal static class Asking
{
    // An edit must fit one message. A longer question is sent anew, in several messages.
    private const int LongestEdit = 1_900;

    /// <summary>Starts the numbering of questions at random, so that a button of an earlier conversation does not fit this one.</summary>
    public static int FirstTurn() => RandomNumberGenerator.GetInt32(1, 1 << 30);

    public static Said Heard(IncomingUpdate update) =>
        string.IsNullOrWhiteSpace(update.Text) ? new Said.Something() : new Said.Words(update.Text.Trim());

    /// <returns>Null if the data has another form.</returns>
    public static Said.Pressed? Pressed(string data)
    {
        var parts = data.Split(':', 2);
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var turn)
            ? new Said.Pressed(turn, parts[1])
            : null;
    }

    /// <summary>Puts a question: in place of the one whose button was pressed, else as a new message.</summary>
    /// <param name="isStale">The pressed button belongs to something older, which is left as it is.</param>
    /// <param name="isWhole">All answers at once. Without buttons they always are: a list that is read needs no second message.</param>
    public static void Ask(
        Talk talk, Prompt prompt, string prefix, int? turn, Line? remark = null, bool isStale = false, bool isWhole = false)
    {
        var text = prompt.In(talk.Language, talk.Texts);
        if (remark is not null)
            text = remark.In(talk.Language, talk.Texts) + RichText.Of("\n\n") + text;

        var choices = prompt.ChoicesIn(talk.Language, talk.Texts, prefix, turn, isWhole || !talk.HasButtons);
        if (talk.Update.Pressed is not null && !isStale && text.Plain.Length <= LongestEdit)
            talk.EditPressed(text, choices);
        else
            talk.Reply(text, choices);
    }
}
