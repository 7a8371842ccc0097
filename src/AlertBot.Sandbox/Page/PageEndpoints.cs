using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace AlertBot.Sandbox.Page;

/// <summary>The page over HTTP: its files, its state, its feed, and the visitors' actions.</summary>
internal sealed class PageEndpoints(SandboxWorld world, SandboxPage page, IHostApplicationLifetime life)
{
    // Ten of the longest messages, or a file as base64.
    private const int LargestBody = 512 << 10;
    private const int LargestFileBody = PageActions.LargestFile / 3 * 4 + LargestBody;

    private readonly PageActions _actions = new(world, page);
    private readonly PageStream _stream = new(world, page);
    private readonly bool _isLoopbackOnly = System.Net.IPAddress.IsLoopback(world.Options.Listen);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        Get(endpoints, "/", context => PageFiles.WriteAsync(context, "index.html"));
        Get(endpoints, "/page/state", WriteStateAsync);
        Get(endpoints, "/page/messages", WriteMessagesAsync);
        Get(endpoints, "/page/events", WriteEventsAsync);
        Get(endpoints, "/page/files/{id}", WriteFileAsync);
        Get(endpoints, "/page/{name}", context => PageFiles.WriteAsync(context, (string)context.Request.RouteValues["name"]!));

        Post<PageAction.SendText>(endpoints, "text");
        Post<PageAction.SendFile>(endpoints, "file", LargestFileBody);
        Post<PageAction.SendLocation>(endpoints, "location");
        Post<PageAction.Press>(endpoints, "press");
        Post<PageAction.React>(endpoints, "react");
        Post<PageAction.Block>(endpoints, "block");
        Post<PageAction.Choose>(endpoints, "choose");
    }

    private void Get(IEndpointRouteBuilder endpoints, string path, RequestDelegate answer) => endpoints.MapGet(path, Guarded(answer));

    private void Post<T>(IEndpointRouteBuilder endpoints, string name, int largestBody = LargestBody)
        where T : PageAction
    {
        endpoints.MapPost("/page/do/" + name, Guarded(async context =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
                body.MaxRequestBodySize = largestBody;
            try
            {
                var action = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
                var problem = action is null ? "There is nothing to do." : _actions.Do(action);
                await WriteAsync(context, problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, problem);
            }
            catch (JsonException)
            {
                await WriteAsync(context, StatusCodes.Status400BadRequest, "This is not what the page sends.");
            }
            catch (BadHttpRequestException tooLarge)
            {
                await WriteAsync(context, tooLarge.StatusCode, "This is too large.");
            }
        }));
    }

    private RequestDelegate Guarded(RequestDelegate answer) => async context =>
    {
        PageGuard.Protect(context.Response);
        if (PageGuard.Refuses(context.Request, _isLoopbackOnly) is { } problem)
        {
            await WriteAsync(context, StatusCodes.Status403Forbidden, problem);
            return;
        }

        try
        {
            await answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The visitor closed the page.
        }
    };

    private async Task WriteStateAsync(HttpContext context)
    {
        JsonObject state;
        lock (world.Gate)
            state = page.State();
        await WriteAsync(context, state);
    }

    private async Task WriteMessagesAsync(HttpContext context)
    {
        JsonObject? room;
        lock (world.Gate)
        {
            room = page.Window(context.Request.Query["window"]) is { } window
                ? page.Room(window, Number(context, "thread"), Number(context, "before"))
                : null;
        }

        if (room is null)
            await WriteAsync(context, StatusCodes.Status404NotFound, "There is no such phone.");
        else
            await WriteAsync(context, room);
    }

    private async Task WriteEventsAsync(HttpContext context)
    {
        // The browser's Last-Event-ID is newer than the position that the page asked for at first.
        var had = context.Request.Headers["Last-Event-ID"].ToString();
        using var open = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        try
        {
            await _stream.WriteAsync(context.Response, had.Length > 0 ? had : context.Request.Query["after"], open.Token);
        }
        catch (OperationCanceledException) when (open.IsCancellationRequested)
        {
            // The visitor closed the page, or the sandbox ends.
        }
    }

    private async Task WriteFileAsync(HttpContext context)
    {
        (SandboxFile File, byte[] Bytes)? found;
        lock (world.Gate)
            found = world.File((string)context.Request.RouteValues["id"]!);
        if (found is not { } file)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, "There is no such file.");
            return;
        }

        // Whatever a bot or a person says it is, only an image is shown and only a sound is played; anything else could be a page that acts
        // as ours.
        var known = ImageKind.Of(file.Bytes) ?? SoundKind.Of(file.Bytes);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.ContentType = known ?? "application/octet-stream";
        if (known is null)
            context.Response.Headers.ContentDisposition = "attachment";
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static long? Number(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Task WriteAsync(HttpContext context, int status, string? problem)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, problem is null ? [] : new JsonObject { ["problem"] = problem });
    }

    private static async Task WriteAsync(HttpContext context, JsonObject json)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
