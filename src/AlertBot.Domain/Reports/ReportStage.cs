namespace AlertBot.Domain.Reports;

/// <summary>What a reporter was told of their report.</summary>
public enum ReportStage
{
    Sent,

    /// <summary>A person read it.</summary>
    Read,

    /// <summary>Somebody has it.</summary>
    Taken,

    /// <summary>How it ended.</summary>
    Ended,
}
