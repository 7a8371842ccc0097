namespace AlertBot.Domain.Reports;

/// <summary>What a reporter was told about their report.</summary>
public enum ReportStage
{
    Sent,

    /// <summary>A person has read it.</summary>
    Read,

    /// <summary>Somebody has taken the incident.</summary>
    Taken,

    /// <summary>The incident was closed.</summary>
    Ended,
}
