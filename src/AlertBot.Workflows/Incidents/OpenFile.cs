using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// One file of a report, made anew without what tells of its maker, for somebody at the desk. Each look is in the audit log.
/// </summary>
public static class OpenFile
{
    /// <returns>Null when the actor may not see it, or when it is gone.</returns>
    public static async Task<OpenedFile?> RunAsync(Session session, Guid id)
    {
        if (await session.ReportFiles.OfAsync(id) is not var (report, of) || await session.Incidents.FindAsync(of) is not { } incident
            || !ShowFiles.May(incident, session.Actor)
            || await session.ReportFiles.KeptAsync(report, id) is not [var file])
            return null;

        await session.Audit.AddAsync(session.Actor.Id, AuditAct.FileRead, incident.Id.Value, id.ToString("N"));
        var (content, isClean) = FileCleaning.Clean(file.Content);
        return new OpenedFile(content, isClean ? SafeTypeOf(content) : null);
    }

    // By what it is and not by what it says it is: a page named as a picture would run in the reader's browser.
    private static string? SafeTypeOf(byte[] content) => content switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        _ when content.AsSpan().StartsWith("OggS"u8) => "audio/ogg",
        _ => null,
    };
}

/// <summary>A file for a browser. Prints as a mask.</summary>
/// <param name="ShownAs">The type under which a browser may show or play it; null: it is only to be saved.</param>
public sealed record OpenedFile(byte[] Content, string? ShownAs)
{
    public override string ToString() => "(file)";
}
