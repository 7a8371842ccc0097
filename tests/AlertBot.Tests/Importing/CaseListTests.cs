using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Importing;
using NodaTime;

namespace AlertBot.Tests.Importing;

public sealed class CaseListTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Fact]
    public void A_line_is_a_case_with_the_facts_of_its_columns()
    {
        var (document, problem) = Read(
            "Names;Zone;Laws;detention_start;hearing_set;place;source;note\n"
            + "Aigul B.; Айгүл Б.;Asia/Almaty;KZ kz;2026-03-01 10:00;25.03.2026 9:30;SIZO;her sister;taken at home", 0, "\"Aigul B.; Айгүл Б.\"");

        Assert.Null(problem);
        Assert.Equal(["Aigul B.", "Айгүл Б."], document!.Names);
        Assert.Equal(("Asia/Almaty", "KZ"), (document.Zone, Assert.Single(document.Jurisdictions)));
        Assert.Equal(["detention_start", "hearing_set"], document.Events.Select(one => one.Kind));
        Assert.Equal(("2026-03-01 10:00", "25.03.2026 9:30"), (document.Events[0].At, document.Events[1].Sets));
        Assert.Equal(("SIZO", "her sister", "taken at home"), (document.Events[0].Place, document.Events[1].Source, document.Events[0].Note));
        // It is a case that the program itself reads.
        Assert.NotNull(document.Read(["KZ"], Now).Content);
    }

    [Theory]
    [InlineData("names,zone,laws\n ,Asia/Almaty,KZ", "import.names")]
    [InlineData("names,zone,laws\n\u200B\u2800,Asia/Almaty,KZ", "import.names")]
    [InlineData("names,zone,laws\nA,Almatyy,KZ", "import.zone")]
    [InlineData("names,laws\nA,KZ", "import.zone-missing")]
    [InlineData("names,zone\nA,Asia/Almaty", "import.law")]
    [InlineData("names,zone,laws\nA,Asia/Almaty,XX", "import.law")]
    [InlineData("code,names,zone,laws\nX-1,A,Asia/Almaty,KZ", "import.code")]
    [InlineData("names,zone,laws,release\nA,Asia/Almaty,KZ,soon", "import.date")]
    [InlineData("names,zone,laws,release\nA,Asia/Almaty,KZ,2026-03-09", "import.date-ahead")]
    [InlineData("names,zone,laws,release\nA,Asia/Almaty,KZ,1902-03-09", "import.date-doubt")]
    [InlineData("names,zone,laws,hearing_set\nA,Asia/Almaty,KZ,2126-03-09", "import.date-doubt")]
    public void What_is_wrong_is_said_by_its_place(string text, string key)
    {
        var (document, problem) = Read(text, 0);

        Assert.Null(document);
        Assert.Equal(key, problem!.Key);
    }

    [Fact]
    public void What_the_file_does_not_say_holds_for_all_its_lines()
    {
        var table = CsvTable.Read("names\nA\n", CaseList.Known);
        var (document, _) = new CaseList(["KZ", "UZ"], Now) { Zone = "asia/tashkent", Laws = "uz" }.Read(table.Rows[0]);

        Assert.Equal(("Asia/Tashkent", "UZ"), (document!.Zone, document.Jurisdictions[0]));
        Assert.Empty(document.Events);
    }

    [Fact]
    public void Signs_that_hide_or_turn_words_do_not_get_into_a_name()
    {
        var (document, _) = Read("names,zone,laws,note\nA\u202Eb\u0007,Asia/Almaty,KZ,\"x\u0000\u202Ey\"", 0);

        Assert.Equal("Ab", Assert.Single(document!.Names));
        Assert.DoesNotContain('\u202E', document.Events[0].Note!.Trim('\u2068', '\u2069'));
    }

    [Fact]
    public void A_field_without_end_is_refused() =>
        Assert.Equal("import.long", Read($"names,zone,laws\n{new string('a', 5_000)},Asia/Almaty,KZ", 0).Problem!.Key);

    private static (CaseDocument? Document, AlertBot.Workflows.Texts.Line? Problem) Read(string text, int row, string? quotedNames = null)
    {
        if (quotedNames is not null)
            text = text.Replace("Aigul B.; Айгүл Б.", quotedNames, StringComparison.Ordinal);
        var table = CsvTable.Read(text, CaseList.Known);
        return new CaseList(["KZ"], Now).Read(table.Rows[row]);
    }
}
