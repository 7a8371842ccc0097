using System.Text;

namespace AlertBot.BrowserTests.Desk;

/// <summary><c>docs/desk.md</c>: every page with a sentence and its pictures. A page without a sentence here is shown by its heading.</summary>
internal static class DeskBook
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["/console"] =
            "Who is in danger and who has it, what happens next and when, the dates of the next sixty days, whom we cannot reach.",
        ["/console/cases"] =
            "All cases by their next date, found by any spelling of the name, by State, by where they stand, and those that nobody follows.",
        ["/console/cases/{CodeText}"] =
            "One case: its dates with the arithmetic that led to each, its history, who follows it and when nobody of them is awake, "
            + "every alert with what became of it, and who did what.",
        ["/console/cases/{CodeText}/fact"] = "A fact is put on file; before it is saved it shows which dates move.",
        ["/console/cases/{CodeText}/fact/{IdText}"] = "A fact on file is put right or taken back, with the same preview.",
        ["/console/cases/{CodeText}/lawyer"] =
            "A page for a lawyer that prints well: confirmed facts with their sources, clocks with citations, gaps marked as gaps.",
        ["/console/reports"] = "Reports from being written to closed.",
        ["/console/reports/{CodeText}"] =
            "One report with what it rests on and what can be done with it; files are shown re-made.",
        ["/console/people"] =
            "People and groups: who has which role, where they are reached, who vouched for them, who is on call when.",
        ["/console/law"] = "What the law says, and what would follow from an arrest on a day.",
        ["/console/drills"] = "Practice alerts through the real channels, and how many answered how fast.",
        ["/console/operations"] =
            "For owners: messages that wait or were lost, the program's own work over a week, jobs, backups, the audit log, settings.",
    };

    /// <param name="pages">Of each page its route, the name of its pictures and its heading.</param>
    public static string Of(IEnumerable<(string Route, string Picture, string Heading)> pages)
    {
        var text = new StringBuilder(
            """
            # The desk

            What coordinators and owners see in a browser, on a computer and on a phone, light and dark. The people and cases are invented. The
            pictures are made by the test `Every_page_of_the_desk` with `ALERTBOT_DOCS_PICTURES=true`, which writes this page too.

            """);
        foreach (var (route, picture, heading) in pages)
        {
            text.Append($"\n## `{route}`\n\n{Sentences.GetValueOrDefault(route, heading + ".")}\n\n");
            text.Append($"| {Image("1440-light", 600)} | {Image("390-light", 180)} |\n|---|---|\n");
            text.Append($"| {Image("1440-dark", 600)} | {Image("390-dark", 180)} |\n");

            string Image(string how, int width) => $"<img src=\"desk/{picture}-{how}.png\" alt=\"{heading}, {how}\" width=\"{width}\">";
        }

        return text.ToString();
    }
}
