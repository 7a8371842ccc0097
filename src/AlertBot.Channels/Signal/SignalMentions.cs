namespace AlertBot.Channels.Signal;

/// <summary>A text in which a placeholder stands for each name; who is meant comes beside it.</summary>
internal static class SignalMentions
{
    /// <returns>
    /// The text as a person would have typed it, without our own name; null when nothing is left. And whether our name was in it.
    /// </returns>
    public static (string? Text, bool NamesUs) Read(string? text, IReadOnlyList<Mention?>? mentions, Self self)
    {
        if (string.IsNullOrEmpty(text))
            return (null, false);

        var namesUs = false;
        foreach (var mention in (mentions ?? []).OfType<Mention>().OrderByDescending(one => one.Start))
        {
            // The last first, and none twice: what an odd phone sends may overlap.
            if (mention.Start < 0 || mention.Length < 1 || mention.Start > text.Length - mention.Length || text[mention.Start] != '\uFFFC')
                continue;
            var isUs = self.Is(mention.Number, mention.Uuid);
            namesUs |= isUs;
            text = string.Concat(text.AsSpan(0, mention.Start), isUs ? "" : "@", text.AsSpan(mention.Start + mention.Length));
        }

        if (namesUs)
            text = text.Trim();
        return (text.Length > 0 ? text : null, namesUs);
    }
}
