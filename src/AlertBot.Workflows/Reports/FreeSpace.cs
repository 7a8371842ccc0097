namespace AlertBot.Workflows.Reports;

/// <summary>How much space is free on the disk with the files.</summary>
/// <param name="look">The free part, from 0 to 1; null if unknown.</param>
public sealed class FreeSpace(Func<double?> look)
{
    private const double Least = 0.1;

    /// <summary>True below a tenth; false if unknown.</summary>
    public bool IsShort => look() < Least;

    /// <param name="directory">Null: the program's directory.</param>
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
