namespace AlertBot.Channels.Signal;

/// <summary>Replaces the placeholders in a text with the names that Signal delivers beside it.</summary>
internal static class SignalMentions
{
    /// <returns>
    /// The text as a person would have typed it, without our own name; null when nothing is left. Also whether the text mentioned us.
    /// </returns>
    public static (string? Text, bool NamesUs) Read(string? text, IReadOnlyList<Mention?>? mentions, Self self)
    {
        if (string.IsNullOrEmpty(text))
            return (null, false);

        var namesUs = false;
        foreach (var mention in (mentions ?? []).OfType<Mention>().OrderByDescending(one => one.Start))
        {
            // Replaces from the end, and no range twice: a faulty phone may send overlapping ones.
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
