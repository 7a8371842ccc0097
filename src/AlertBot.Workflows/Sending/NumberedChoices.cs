using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Writes a message's choices as text for a messenger without buttons: "1 – I'm on it". What each number means is stored when the message is recorded
/// as sent.
/// </summary>
public static class NumberedChoices
{
    /// <summary>The choices in the order of their numbers, starting at 1.</summary>
    public static IReadOnlyList<Choice> Of(OutgoingMessage message) => message.Choices?.SelectMany(row => row).ToList() ?? [];

    /// <summary>The message with its choices as lines of text.</summary>
    public static OutgoingMessage Written(OutgoingMessage message, string language, TextCatalog texts)
    {
        var choices = Of(message);
        if (choices.Count == 0)
            return message with { Choices = null };

        // A label on two lines could look like two choices.
        var lines = choices.Select(
            (choice, index) => RichText.Of(string.Create(CultureInfo.InvariantCulture, $"{index + 1} – {choice.Label.ReplaceLineEndings(" ")}")));
        var thumb = choices.ToList().FindIndex(choice => choice.ByThumb) + 1;
        var how = thumb > 0 ? texts.Say(language, "choice.how-thumb", ("number", thumb)) : texts.Say(language, "choice.how");
        return message with
        {
            Text = message.Text + RichText.Of("\n\n") + RichText.Join("\n", lines.Append(how)),
            Choices = null,
        };
    }
}
