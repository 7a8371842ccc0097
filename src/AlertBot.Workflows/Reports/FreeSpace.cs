namespace AlertBot.Workflows.Reports;

/// <summary>How much of the disk is free on which files are kept.</summary>
/// <param name="look">The free part, from 0 to 1; null: it cannot be told.</param>
public sealed class FreeSpace(Func<double?> look)
{
    private const double Least = 0.1;

    /// <summary>True below a tenth. Where it cannot be told, it is not in the way.</summary>
    public bool IsShort => look() < Least;

    /// <param name="directory">Null: where the program stands.</param>
    public static FreeSpace Of(string? directory) => new(() =>
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(directory ?? AppContext.BaseDirectory));
            return drive.TotalSize > 0 ? (double)drive.AvailableFreeSpace / drive.TotalSize : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    });
}
