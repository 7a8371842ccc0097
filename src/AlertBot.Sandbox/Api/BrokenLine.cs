using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Sandbox.Api;

/// <summary>Breaks a call as a failing network or proxy would.</summary>
internal static class BrokenLine
{
    /// <param name="hang">True to wait until the caller gives up.</param>
    public static async Task BreakAsync(HttpContext context, bool hang)
    {
        if (hang)
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        context.Abort();
    }

    /// <summary>Breaks the connection in the middle of an answer.</summary>
    public static async Task WriteHalfAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer[..(answer.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public static Task WritePageAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"<html><body>{status}</body></html>"));
    }
}
