using System.Globalization;
using AlertBot.Hosting;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using AlertBot.Workflows.Texts;

namespace AlertBot.Replaying.Chats;

/// <summary>A phone in a played night, on any messenger.</summary>
internal abstract class ScenePhone(string name, string language)
{
    public string Name => name;

    public string Language => language;

    /// <summary>The bot's messages as they read now, oldest first.</summary>
    public abstract IReadOnlyList<string> Read();

    public abstract void Write(string text);

    /// <summary>Presses a button, or answers as the messenger does without buttons.</summary>
    /// <param name="label">As in the script: the words, or <c>@</c> and the key of a text.</param>
    /// <param name="words">Words of the message; null: the newest message that offers the choice.</param>
    /// <returns>False if no message offers the choice.</returns>
    public abstract bool Choose(string label, string? words, TextCatalog texts);
}

internal sealed class TelegramScenePhone(SandboxPhone phone) : ScenePhone(phone.Name, phone.Language)
{
    public override IReadOnlyList<string> Read() => phone.Messages.Where(message => message.IsFromBot).Select(message => message.Text).ToList();

    public override void Write(string text) => phone.SendText(text);

    public override bool Choose(string label, string? words, TextCatalog texts)
    {
        // The bot answers in the language of the person's words, not the phone's, so every language's label counts.
        var labels = label.StartsWith('@')
            ? texts.Languages.Select(language => texts.Plain(language.Code, label[1..])).ToHashSet(StringComparer.Ordinal)
            : [label];
        var message = phone.Messages.LastOrDefault(one => one.IsFromBot && (words is null || one.Text.Contains(words, StringComparison.Ordinal))
            && one.AllButtons.Any(button => labels.Contains(button.Text)));
        if (message is null)
            return false;

        phone.Press(message, message.AllButtons.First(button => labels.Contains(button.Text)).Text);
        return true;
    }
}

/// <summary>A phone without buttons. It answers with a thumb if the message explains one, else with the choice's number.</summary>
internal sealed class SignalScenePhone(SandboxSignalPhone phone) : ScenePhone(phone.Name, phone.Language)
{
    public override IReadOnlyList<string> Read() => phone.Messages.Where(message => message.IsFromBot).Select(message => message.Text).ToList();

    public override void Write(string text) => phone.SendText(text);

    public override bool Choose(string label, string? words, TextCatalog texts)
    {
        // Signal does not reveal the phone's language, and the bot guesses it, so every language's label counts.
        var labels = label.StartsWith('@')
            ? texts.Languages.Select(language => texts.Plain(language.Code, label[1..])).ToHashSet(StringComparer.Ordinal)
            : [label];
        foreach (var message in phone.Messages.Where(
            one => one.IsFromBot && (words is null || one.Text.Contains(words, StringComparison.Ordinal))).Reverse())
        {
            if (NumberOf(message.Text, labels) is not { } number)
                continue;

            var written = number.ToString(CultureInfo.InvariantCulture);
            if (message.Text.Split('\n')[^1] is var how && how.Contains("👍", StringComparison.Ordinal)
                && how.Contains(written, StringComparison.Ordinal))
                phone.React(message);
            else
                phone.Quote(message, written);
            return true;
        }

        return false;
    }

    private static int? NumberOf(string text, HashSet<string> labels)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(" – ", 2) is [var number, var shown] && labels.Contains(shown) && int.TryParse(
                number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return value;
        }

        return null;
    }
}

/// <summary>Somebody with both messengers, who reads both and writes on the one that works.</summary>
internal sealed class DoubleScenePhone(ScenePhone telegram, ScenePhone signal, bool isTelegramDown) : ScenePhone(telegram.Name, telegram.Language)
{
    private ScenePhone Working => isTelegramDown ? signal : telegram;

    public override IReadOnlyList<string> Read() => [.. telegram.Read(), .. signal.Read()];

    public override void Write(string text) => Working.Write(text);

    public override bool Choose(string label, string? words, TextCatalog texts) => Working.Choose(label, words, texts);
}

/// <summary>A group. In these nights people only read there.</summary>
internal sealed class SceneGroup(string name, Func<IReadOnlyList<string>> read) : ScenePhone(name, "en")
{
    public override IReadOnlyList<string> Read() => read();

    public override void Write(string text) => throw new OperatorProblem(
        $"'{Name}' is a group: a script writes and presses on the phone of a person.");

    public override bool Choose(string label, string? words, TextCatalog texts) => false;
}
