using System.Text.RegularExpressions;

namespace AlertBot.Domain.Reports;

/// <summary>
/// Reads what happened from a witness's words in any of our languages. A wrong reading must do no harm: it only gives the report a better name, and
/// people are told that it was read.
/// </summary>
public static partial class KindWords
{
    /// <returns>Null if the words say nothing, or tell good news: that only the witness may say.</returns>
    public static ReportKind? Read(string text)
    {
        var said = text.Length > 4_000 ? text[..4_000].ToLowerInvariant() : text.ToLowerInvariant();
        return Deported().IsMatch(said) ? ReportKind.Deported
            : Arrested().IsMatch(said) ? ReportKind.Arrested
            : Taken().IsMatch(said) ? ReportKind.TakenUnknown
            : Searched().IsMatch(said) ? ReportKind.Searched
            : Summoned().IsMatch(said) ? ReportKind.Summoned
            : Threatened().IsMatch(said) ? ReportKind.Threatened
            : null;
    }

    [GeneratedRegex(
        @"\b(депортир|экстрадир|выдворил|выдворяют|высылают|выслали|deport|extradit|handed over to|deportaciya)"
        + @"|\b(елден шығар|еліне қайтар|депортация)")]
    private static partial Regex Deported();

    [GeneratedRegex(
        @"\b(задерж|арестов|арестуют|под арест|посадили в изолятор|в сизо|в ивс|скрутили|detain|arrest|custody)"
        + @"|\b(қамауға|қамақ|қамап|қамады|қамап|ұстады|ұсталды|ұстап|тұтқын|тутқын|тутқын|тутылды|қамалды|қамаққа|услап кет|услады|усланды)"
        + @"|\b(qamoq|qamadi|qamash|hibs|ushladi|ushlab|ushlashdi|qamaqqa|qamadı|tutqın|tutqun|usladı|uslap|qamaldı)"
        + @"|\bполици\w* забра|\bмилици\w* забра|\bpolice took")]
    private static partial Regex Arrested();

    [GeneratedRegex(
        @"\b(забрал|забирают|увезли|увозят|увели|похити|пропал|исчез|took|taken|abduct|kidnap|dragged|missing)"
        + @"|(алып кет|алып кет|әкетті|әкетип|әкетти|апарып|ұрлап|жоғалып|жоғалды)"
        + @"|(olib ket|oʻgʻirlab|yoʻqolib|alıp ket|alip ket|áketti|joǵal)")]
    private static partial Regex Taken();

    [GeneratedRegex(@"\b(обыск|обыскив|тінту|тінтіп|тинтиў|тинтип|tintuv|tintip|tintiw|search(ed|ing)? (the|our|his|her|my)|raid)")]
    private static partial Regex Searched();

    [GeneratedRegex(@"\b(повестк|вызвали на допрос|вызывают на допрос|вызвали в|summon|шақырту|тергеуге|сорақ|soroqqa|chaqiruv|shaqırıw|tergewge)")]
    private static partial Regex Summoned();

    [GeneratedRegex(@"\b(угрож|угроз|threat|қорқыт|қоқан|қорқытып|tahdid|qoʻrqit|qorqıt)")]
    private static partial Regex Threatened();
}
