using AlertBot.Desk.Frame;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk;

/// <summary>
/// Refuses a request that no browser sends: a form that breaks off or is none, more fields than any of ours has, and the character zero, which the
/// database takes in no text. Behind it every page and act may take what it reads for text.
/// </summary>
internal static class WellFormed
{
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!IsText(request.Path.Value) || request.Query.Any(one => !IsText(one.Key) || !one.Value.All(IsText)) || !await IsFormAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await next(context);
        }
        catch (InvalidOperationException) when (
            request.Path.StartsWithSegments(DeskPlaces.Jobs) && !request.HasFormContentType && !context.Response.HasStarted)
        {
            // The job engine's pages read a form where none came.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private static async Task<bool> IsFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return true;

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form.All(one => IsText(one.Key) && one.Value.All(IsText)) && form.Files.All(file => IsText(file.Name) && IsText(file.FileName));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException)
        {
            // A body that was cut off or too large is a BadHttpRequestException, which is an IOException.
            return false;
        }
    }

    private static bool IsText(string? value) => value?.Contains('\0', StringComparison.Ordinal) != true;
}
