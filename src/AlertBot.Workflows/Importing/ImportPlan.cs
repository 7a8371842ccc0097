using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Importing;

/// <summary>What is to be done with a file, line by line. Prints as a mask.</summary>
/// <param name="Notice">What of the file is not read.</param>
/// <param name="Problem">Why nothing of it can be read.</param>
internal sealed record ImportPlan(IReadOnlyList<ImportRow> Rows, Line? Notice = null, Line? Problem = null)
{
    public static ImportPlan Refused(string key, params (string Name, object Value)[] arguments) => new([], null, new Line(key, arguments));

    public override string ToString() => "(plan)";
}

/// <summary>One line with its act.</summary>
/// <param name="Key">Equal for lines that bring the same; null: not known.</param>
/// <param name="Do">Writes what the line brings. A look before does the same and takes it back at once, so that it cannot differ.</param>
internal sealed record ImportRow(int Number, string? Key, Func<Session, Task<ImportedRow>> Do)
{
    public override string ToString() => $"(line {Number})";
}

/// <summary>What came of a line.</summary>
internal sealed record ImportedRow(ImportOutcome Outcome, Line Said, ImportMade? Made = null)
{
    /// <summary>What is said before it is done, if that is something else.</summary>
    public Line? Before { get; init; }

    public static ImportedRow Refused(string key, params (string Name, object Value)[] arguments) =>
        new(ImportOutcome.Refused, new Line(key, arguments));

    public static ImportedRow Passed(string key, params (string Name, object Value)[] arguments) =>
        new(ImportOutcome.Passed, new Line(key, arguments));

    public static ImportedRow There(string key, params (string Name, object Value)[] arguments) =>
        new(ImportOutcome.There, new Line(key, arguments));
}
