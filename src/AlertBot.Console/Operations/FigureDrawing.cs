using System.Globalization;
using System.Text;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Operations;
using NodaTime;

namespace AlertBot.Desk.Operations;

/// <summary>A figure of the last week as a drawing: a column for each hour, and nothing where nobody counted.</summary>
/// <param name="Path">The columns, in <see cref="Width"/> by <see cref="Height"/>.</param>
/// <param name="Latest">Of the newest hour.</param>
internal sealed record FigureDrawing(string Name, string Path, double Latest, HourOfFigure Most)
{
    public const int Height = 40;

    /// <summary>A column that stands for nothing is drawn all the same: somebody counted.</summary>
    private const double Least = 1.5;

    public static int Width { get; } = (int)KeepFigures.Shown.TotalHours;

    /// <returns>Null if there is nothing to draw.</returns>
    public static FigureDrawing? Of(string name, IEnumerable<HourOfFigure> hours, Instant now)
    {
        var from = now - KeepFigures.Shown;
        var shown = hours.Where(hour => hour.Hour >= from).ToList();
        if (shown.Count == 0)
            return null;

        var most = shown.MaxBy(hour => hour.Most);
        var path = new StringBuilder();
        double? last = null;
        foreach (var hour in shown)
        {
            var x = Math.Floor((hour.Hour - from).TotalHours);
            var y = Height - Math.Max(Least, most.Most > 0 ? hour.Most / most.Most * Height : 0);
            if (last is { } end && end != x)
                path.Append(CultureInfo.InvariantCulture, $"V{Height}Z");
            if (last != x)
                path.Append(CultureInfo.InvariantCulture, $"M{x:0} {Height}");
            path.Append(CultureInfo.InvariantCulture, $"V{y:0.#}H{x + 1:0}");
            last = x + 1;
        }

        return new FigureDrawing(name, path.Append(CultureInfo.InvariantCulture, $"V{Height}Z").ToString(), shown[^1].Most, most);
    }
}
