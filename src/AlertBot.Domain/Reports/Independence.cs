namespace AlertBot.Domain.Reports;

/// <summary>
/// Whether reports of one event confirm each other. A forward, the same account twice and copies of one text confirm nothing: a rumour is one voice,
/// however many repeat it. Copies with some letters changed or another name put in count as copies. Two reports with files may repeat one post until
/// the files are compared.
/// </summary>
public static class Independence
{
    /// <summary>The number of voices among reports of one event. A check-in's silence is no voice: it does not say what happened.</summary>
    public static int Count(IEnumerable<Report> reports)
    {
        var voices = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var said = new List<string>();
        var (hasFiles, hasUnseen) = (false, false);
        foreach (var report in reports.Where(one => one.State == ReportState.Sent && one.Content?.IsSilence != true).OrderBy(one => one.SentAt))
        {
            // The first report counts even if it is a forward, because somebody saw the event.
            var marks = report.Prints.Select(print => "p" + print)
                .Append(report.From is { } from ? $"a{from.Value:N}" : $"r{report.Id.Value:N}").ToList();
            var isForward = report.Content?.IsForward == true;
            var mayBeCopy = (report.HasUnseenFiles && hasFiles) || (report.HasFiles && hasUnseen);
            var words = string.Join(' ', report.Content?.Words ?? []);
            var isLike = said.Exists(other => Likeness.AreAlike(other, words));
            if (!marks.Any(seen.Contains) && !mayBeCopy && !isLike && (!isForward || voices == 0))
                voices++;
            seen.UnionWith(marks);
            if (words.Length > 0)
                said.Add(words);
            (hasFiles, hasUnseen) = (hasFiles || report.HasFiles, hasUnseen || report.HasUnseenFiles);
        }

        return voices;
    }

    /// <summary>Whether some of them say the same in nearly the same words.</summary>
    public static bool AreAlike(IReadOnlyCollection<Report> reports)
    {
        var said = reports.Select(report => string.Join(' ', report.Content?.Words ?? [])).ToList();
        return said.Where((words, index) => said.Take(index).Any(other => Likeness.AreAlike(other, words))).Any();
    }
}
