using AlertBot.Desk.Frame;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertBot.Desk;

/// <summary>
/// Refuses a request that no browser sends: a host that is none, a form that breaks off or is none, more fields than any of ours has, and the
/// character zero, which the database takes in no text. Behind it every page and act may take what it reads for text.
/// </summary>
internal static class WellFormed
{
    /// <summary>Stands before everything else: who may not come in is told so by a page, and pages make absolute addresses of the host.</summary>
    public static Task CheckHostAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAddress(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

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
        catch (InvalidOperationException) when (IsOfJobs(context) && !request.HasFormContentType)
        {
            // The job engine's pages read a form where none came.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (Exception odd) when (odd is (FormatException or OverflowException) && IsOfJobs(context))
        {
            // They read what stands in an address as a number.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (ArgumentNullException missing) when (missing.ParamName == "cookieToken" && !context.Response.HasStarted)
        {
            // A form with a token, and beside it a cookie that cannot be read: the framework takes it for a fault of its own.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private static bool IsOfJobs(HttpContext context) =>
        context.Request.Path.StartsWithSegments(DeskPlaces.Jobs) && !context.Response.HasStarted;

    private static bool IsAddress(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate(request.GetEncodedUrl(), UriKind.Absolute, out var address) && address.IdnHost.Length > 0;
        }
        catch (Exception broken) when (broken is ArgumentException or UriFormatException)
        {
            return false;
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
