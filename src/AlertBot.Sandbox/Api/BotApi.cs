using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Sandbox.Api;

/// <summary>The Bot API over HTTP: <c>/bot{token}/{method}</c> and <c>/file/bot{token}/{path}</c>.</summary>
internal sealed class BotApi(SandboxWorld world, Faults faults, CallLog calls)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/bot{token}/{method}", ["GET", "POST"], CallAsync);
        endpoints.MapGet("/file/bot{token}/{*path}", DownloadAsync);
    }

    private async Task CallAsync(HttpContext context)
    {
        var arrived = world.Options.Time.GetTimestamp();
        var method = ((string)context.Request.RouteValues["method"]!).ToLowerInvariant();
        var ct = context.RequestAborted;
        if (world.IsTelegramDown)
        {
            calls.Begin(method, arrived, 0);
            context.Abort();
            return;
        }

        try
        {
            SandboxBot? bot;
            lock (world.Gate)
                bot = world.BotOf((string)context.Request.RouteValues["token"]!);
            if (bot is null)
            {
                await WriteAsync(context, new BotApiAnswer(401, null, "Unauthorized: invalid token specified"));
                return;
            }

            var request = await BotApiRequest.ReadAsync(context.Request, ct);
            var chat = request.Number("chat_id") ?? 0;
            var call = calls.Begin(method, arrived, chat);
            var fault = faults.Next(method, chat);
            if (fault is Fault.DropBefore or Fault.Hang)
            {
                await BrokenLine.BreakAsync(context, hang: fault is Fault.Hang);
                return;
            }

            var answer = fault switch
            {
                Fault.Error error => new BotApiAnswer(error.Code, null, error.Description, error.RetryAfter, error.MigrateToChatId),
                Fault.ErrorPage page => new BotApiAnswer(page.Status, null),
                _ => await AnswerAsync(bot, method, request, ct),
            };
            calls.End(call, answer.Code, (answer.Result as JsonObject)?["message_id"] is { } id ? (long)id : 0, answer.RetryAfter ?? 0);

            if (method != "getupdates")
                await world.PauseAsync(ct);
            if (fault is Fault.Slow slow)
                await Task.Delay(slow.By, world.Options.Time, ct);
            await FinishAsync(context, world.IsTelegramDown ? new Fault.DropAfter() : fault, answer);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller hung up.
        }
        catch (JsonException)
        {
            await WriteAsync(context, BotApiAnswer.BadRequest("can't parse request body"));
        }
    }

    private async ValueTask<BotApiAnswer> AnswerAsync(SandboxBot bot, string method, BotApiRequest request, CancellationToken ct)
    {
        if (method == "getupdates")
            return await BotApiUpdates.GetUpdatesAsync(world, bot, request, ct);

        lock (world.Gate)
        {
            return method switch
            {
                "getme" => BotApiAnswer.Of(BotApiJson.Bot(bot, full: true)),
                "sendmessage" => BotApiSending.SendMessage(world, bot, request),
                "senddocument" => BotApiSending.SendFile(world, bot, request, "document"),
                "sendphoto" => BotApiSending.SendFile(world, bot, request, "photo"),
                "sendvoice" => BotApiSending.SendFile(world, bot, request, "voice"),
                "editmessagetext" => BotApiSending.EditMessageText(world, bot, request),
                "deletemessage" => BotApiDeleting.DeleteMessage(world, bot, request),
                "answercallbackquery" => AnswerPress(request),
                "setmycommands" => SetCommands(bot, request),
                "getchat" => BotApiSending.FindChat(world, bot, request, out var chat) ?? BotApiAnswer.Of(BotApiJson.Chat(chat)),
                "getfile" => GetFile(request),
                "setwebhook" => BotApiUpdates.SetWebhook(world, bot, request),
                "deletewebhook" => BotApiUpdates.DeleteWebhook(bot, request),
                "getwebhookinfo" => BotApiUpdates.GetWebhookInfo(bot),
                "sendchataction" => BotApiSending.FindChat(world, bot, request, out _) ?? BotApiAnswer.True,
                "logout" or "close" => BotApiAnswer.True,
                _ => new BotApiAnswer(404, null, "Not Found: method not found"),
            };
        }
    }

    private BotApiAnswer AnswerPress(BotApiRequest request) =>
        world.AnswerPress(request.Text("callback_query_id") ?? "", request.Text("text"))
            ? BotApiAnswer.True
            : BotApiAnswer.BadRequest("query is too old and response timeout expired or query ID is invalid");

    private BotApiAnswer SetCommands(SandboxBot bot, BotApiRequest request)
    {
        var menu = new List<SandboxCommand>();
        foreach (var node in request.Structure("commands") as JsonArray ?? [])
        {
            var (name, description) = ((string?)node?["command"] ?? "", (string?)node?["description"] ?? "");
            if (name.Length is 0 or > 32 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
                return BotApiAnswer.BadRequest("BOT_COMMAND_INVALID");
            if (description.Length is 0 or > 256)
                return BotApiAnswer.BadRequest("BOT_COMMAND_DESCRIPTION_INVALID");
            menu.Add(new SandboxCommand(name, description));
        }

        if (menu.Count > 100)
            return BotApiAnswer.BadRequest("BOT_COMMANDS_TOO_MUCH");
        var scope = request.Structure("scope");
        var chat = scope?["chat_id"] is { } id ? " " + id : "";
        bot.CommandMenus[$"{(string?)scope?["type"] ?? "default"}{chat}:{request.Text("language_code")}"] = menu;
        world.Changed?.Invoke(new SandboxChange.OfCommands());
        return BotApiAnswer.True;
    }

    private BotApiAnswer GetFile(BotApiRequest request)
    {
        if (request.Text("file_id") is not { Length: > 0 } id)
            return BotApiAnswer.BadRequest("file_id not specified");
        if (world.File(id) is not { } found)
            return BotApiAnswer.BadRequest("wrong file_id or the file is temporarily unavailable");
        if (found.Bytes.Length > 20 << 20)
            return BotApiAnswer.BadRequest("file is too big");
        var json = BotApiJson.File(found.File);
        json["file_path"] = $"{found.File.Kind}s/{found.File.Id}";
        return BotApiAnswer.Of(json);
    }

    private async Task DownloadAsync(HttpContext context)
    {
        if (world.IsTelegramDown)
        {
            context.Abort();
            return;
        }

        (SandboxFile File, byte[] Bytes)? found;
        lock (world.Gate)
            found = world.File(((string?)context.Request.RouteValues["path"] ?? "").Split('/')[^1]);
        if (found is not { } file)
        {
            await WriteAsync(context, new BotApiAnswer(404, null, "Not Found"));
            return;
        }

        context.Response.ContentType = file.File.ContentType;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static async Task FinishAsync(HttpContext context, Fault? fault, BotApiAnswer answer)
    {
        switch (fault)
        {
            case Fault.DropAfter or Fault.HangAfter:
                await BrokenLine.BreakAsync(context, fault is Fault.HangAfter);
                return;
            case Fault.ErrorPage page:
                await BrokenLine.WritePageAsync(context, page.Status);
                return;
            case Fault.ErrorPageAfter page:
                await BrokenLine.WritePageAsync(context, page.Status);
                return;
            case Fault.HalfAnswer:
                await BrokenLine.WriteHalfAsync(context, answer.ToBytes());
                return;
            case Fault.Garbage:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("""{"ok":true,"result":{"mess""");
                return;
            default:
                await WriteAsync(context, answer);
                return;
        }
    }

    private static async Task WriteAsync(HttpContext context, BotApiAnswer answer)
    {
        var bytes = answer.ToBytes();
        context.Response.StatusCode = answer.Code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        if (answer.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
