using Microsoft.AspNetCore.Http;

namespace AlertBot.Sandbox.Page;

/// <summary>The page's files, embedded in the program.</summary>
internal static class PageFiles
{
    public static async Task WriteAsync(HttpContext context, string name)
    {
        await using var file = typeof(PageFiles).Assembly.GetManifestResourceStream("page/" + name);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
