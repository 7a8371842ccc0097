namespace AlertBot.Domain.Law;

/// <summary>A convention by which days are counted; <see cref="CountingCodes"/> has the codes used in rule files.</summary>
public enum Counting
{
    /// <summary>NONE: no number in the provision, so reminders only.</summary>
    None,

    /// <summary>H: elapsed time from the instant, never moved (VwVfG 31(6): hours run through weekends).</summary>
    Hours,

    /// <summary>CUST-D: the day of detention counts as day 1; never moved (KZ CPC, KZ CAO 739(2)).</summary>
    CustodyDays,

    /// <summary>CUST-M: the day of detention counts, so months end the day before the same date; never moved.</summary>
    CustodyMonths,

    /// <summary>PROC-D: the day of the event does not count; a day off moves the end (KZ CAO 739(4)-(5)).</summary>
    ProcedureDays,

    /// <summary>PROC-M: the same date N months on, or the last day of that month; a day off moves the end.</summary>
    ProcedureMonths,

    /// <summary>PROC-WD: working days only, the day of the event not counted.</summary>
    ProcedureWorkingDays,

    /// <summary>RU-PROC: day of the event not counted; moved from days off (RU CPC 128).</summary>
    RussiaProcedure,

    /// <summary>RU-CUST: custody includes time that is not worked, and is never moved (RU CPC 128).</summary>
    RussiaCustody,

    /// <summary>DE: BGB 187, 188, 193.</summary>
    Germany,

    /// <summary>AT: AVG 32, 33; Good Friday and 24 December count as days off.</summary>
    Austria,

    /// <summary>PL: KPA 57; moved from Saturdays and holidays.</summary>
    Poland,

    /// <summary>TR-D: IYUK 8.</summary>
    Turkey,

    /// <summary>DUBLIN: Regulation 604/2013 art. 42; weekends and holidays are inside and move nothing.</summary>
    Dublin,

    /// <summary>AMMR: Regulation 2024/1351 art. 75; a last day on a day off of the State concerned moves (letter d).</summary>
    MigrationManagement,

    /// <summary>EU-1182: Regulation 1182/71 art. 3; moved, except limits in hours.</summary>
    Eu1182,

    /// <summary>ECHR: four calendar months, not moved even from a Sunday (Sabri Gunes v. Turkey, GC 2012).</summary>
    EuropeanCourt,

    /// <summary>TREATY: the text leaves the convention open, so both ways are computed; never moved.</summary>
    Treaty,

    /// <summary>DOC: the date printed on the document; without one, month + N minus a day, or the same date: read both ways.</summary>
    Document,
}

/// <summary>The codes of counting conventions as rule files write them.</summary>
public static class CountingCodes
{
    private static readonly Dictionary<string, Counting> ByCode = new(StringComparer.Ordinal)
    {
        ["NONE"] = Counting.None,
        ["H"] = Counting.Hours,
        ["CUST-D"] = Counting.CustodyDays,
        ["CUST-M"] = Counting.CustodyMonths,
        ["PROC-D"] = Counting.ProcedureDays,
        ["PROC-M"] = Counting.ProcedureMonths,
        ["PROC-WD"] = Counting.ProcedureWorkingDays,
        ["RU-PROC"] = Counting.RussiaProcedure,
        ["RU-CUST"] = Counting.RussiaCustody,
        ["DE"] = Counting.Germany,
        ["AT"] = Counting.Austria,
        ["PL"] = Counting.Poland,
        ["TR-D"] = Counting.Turkey,
        ["DUBLIN"] = Counting.Dublin,
        ["AMMR"] = Counting.MigrationManagement,
        ["EU-1182"] = Counting.Eu1182,
        ["ECHR"] = Counting.EuropeanCourt,
        ["TREATY"] = Counting.Treaty,
        ["DOC"] = Counting.Document,
    };

    public static IReadOnlyCollection<string> All => ByCode.Keys;

    public static Counting? Find(string code) => ByCode.TryGetValue(code, out var counting) ? counting : null;

    public static string CodeOf(Counting counting) => ByCode.First(pair => pair.Value == counting).Key;

    /// <summary>For the earliest reading the day of the event counts as day 1; for the latest it does not count.</summary>
    public static bool ReadsBothWays(this Counting counting) =>
        counting is Counting.CustodyDays or Counting.CustodyMonths or Counting.RussiaCustody or Counting.Treaty
            or Counting.Document;

    /// <summary>A last day that is not a working day moves to the next one.</summary>
    public static bool MovesFromDaysOff(this Counting counting) =>
        counting is Counting.ProcedureDays or Counting.ProcedureMonths or Counting.ProcedureWorkingDays
            or Counting.RussiaProcedure or Counting.Germany or Counting.Austria or Counting.Poland
            or Counting.Turkey or Counting.Eu1182 or Counting.MigrationManagement;

    /// <summary>Law of the Union: it has public holidays, but not the other days on which no limit ends in national procedure.</summary>
    public static bool IsOfTheUnion(this Counting counting) => counting is Counting.Eu1182 or Counting.MigrationManagement;
}
