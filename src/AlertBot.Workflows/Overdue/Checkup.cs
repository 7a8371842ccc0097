namespace AlertBot.Workflows.Overdue;

/// <summary>Runs the program's checks. The program supplies them, because an act knows nothing of the machine.</summary>
public sealed record Checkup(Func<CancellationToken, Task<IReadOnlyList<Finding>>> LookAsync);

/// <summary>The result of one check, in words for an operator.</summary>
public sealed record Finding(string What, bool IsWell, string Sentence);
