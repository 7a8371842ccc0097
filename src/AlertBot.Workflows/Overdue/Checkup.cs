namespace AlertBot.Workflows.Overdue;

/// <summary>Looks whether all is well, as the program knows how: of the machine it runs on an act knows nothing.</summary>
public sealed record Checkup(Func<CancellationToken, Task<IReadOnlyList<Finding>>> LookAsync);

/// <summary>The result of one check, in words for an operator.</summary>
public sealed record Finding(string What, bool IsWell, string Sentence);
