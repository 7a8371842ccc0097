using System.Globalization;
using System.Text;
using AlertBot.Benchmarks.Desk;

namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>One request as bytes written as Latin letters, with names in place of secrets.</summary>
/// <param name="IsCutOff">Its sender falls silent in the middle.</param>
internal sealed record FuzzRequest(string Text, bool IsHead, bool IsCutOff)
{
    /// <summary>Stands for the length of what comes after it, once secrets are in their places.</summary>
    public const string Length = "{{length}}";

    /// <inheritdoc cref="Length"/>
    public const string Chunk = "{{chunk}}";

    public const string LastChunk = "\r\n0\r\n\r\n";

    private const string EndOfHead = "\r\n\r\n";

    private static readonly string[] Methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "PROPFIND", "G\xc4T"];

    private static readonly string[] Paths =
    [
        "/", "//console", "/console/", "/CONSOLE", "/console/..;/metrics", "/console/%2e%2e/health/live", "/console/%00", "/console/%c0%af",
        "/console/%", "/console/cases/K-7F3Q%0d%0aX: y", "/console/\xd0\x96", "/console/people//freeze", "/console/sign-in/%ff", "*",
        "/jobs/recurring/trigger",
        "/jobs/jobs/details/1%27", "/jobs/jobs/enqueued?from=-1&count=99999999", "/jobs/stats", "/calendar/x.ics", "/telegram/webhook",
        "/health/ready",
        "/api/v1/alerts", "/console/operations/again", "/console?said=" + "%41", "http://other.example/console",
    ];

    private static readonly string[] Headers =
    [
        "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: other.example", "Origin: https://other.example", "Origin: null",
        "Referer: https://other.example/", "Range: bytes=0-1,5-", "If-None-Match: *", "If-Modified-Since: never", "Accept: application/json",
        "Accept: " + "*/*,".PadRight(20, '*'), "Accept-Language: kaa-Cyrl", "Accept-Language: \xff\xfe", "Accept-Language: ;;;q=",
        "Accept-Encoding: br;q=9", "Upgrade: websocket", "Sec-Fetch-Site: cross-site", "X-HTTP-Method-Override: DELETE",
        "Authorization: Bearer x", "Authorization: Basic \x01",
        "User-Agent: ", "User-Agent: " + NastyValues.Markup, "Content-Encoding: gzip", "Expect: 100-continue", "TE: trailers",
        "X-Telegram-Bot-Api-Secret-Token: x",
        "Cookie: =;;a", "Cookie: alertbot-desk=" + "\xff\xff", "Cookie: alertbot-sign-in=" + "x", "RequestVerificationToken: x", "Hx: " + "y",
        "X-Requested-With: XMLHttpRequest", "blazor-enhanced-nav: on", "Accept: text/html; blazor-enhanced-nav=on",
    ];

    /// <param name="mayWrite">True: whoever may do something also tries it; false: nobody may do what they ask for.</param>
    public static FuzzRequest Of(FuzzGround ground, int seed, int number, bool mayWrite)
    {
        var dice = new Dice(seed, number);
        var who = dice.Of(FuzzGround.Everybody);
        var form = dice.One(55) && ground.Forms.Count > 0 ? dice.Of(ground.Forms) : null;
        var endpoint = dice.Of(ground.Endpoints);
        var method = dice.One(8) ? dice.Of(Methods) : form?.Method ?? dice.Of(endpoint.Methods);
        var path = form?.Action ?? PathOf(ground, endpoint.Path, dice);
        // Signing out is tried with what does not belong together alone: else nobody would be signed in for long.
        if (mayWrite && form is not null && !path.EndsWith("/sign-out", StringComparison.Ordinal) && dice.One(70))
            who = form.Who;
        var isOwn = mayWrite && !path.EndsWith("/sign-out", StringComparison.Ordinal);

        var request = new StringBuilder();
        var isBare = method is "GET" or "HEAD" or "OPTIONS" or "TRACE" && dice.One(90);
        var body = isBare ? null : new FuzzBody(dice, TokenOf(who, isOwn, dice), ground, form);
        var query = dice.One(30) || method == "GET" ? QueryOf(ground, form, dice) : "";
        request.Append(method).Append(' ').Append(path)
            .Append(query.Length > 0 && !path.Contains('?', StringComparison.Ordinal) ? "?" + query : "")
            .Append(dice.One(1) ? " HTTP/1.0" : " HTTP/1.1").Append("\r\n");
        // Not two requests in one: their answers would be taken for each other's.
        request.Append("Host: ").Append(dice.One(3) ? dice.Of(NastyValues.All).Replace(EndOfHead, "", StringComparison.Ordinal) : "127.0.0.1")
            .Append("\r\n");
        request.Append(CookiesOf(who, isOwn, dice));
        for (var more = dice.Of(4); more > 0; more--)
            request.Append(dice.Of(Headers)).Append("\r\n");
        if (dice.One(1))
            request.Append("X-Long: ").Append('z', dice.Of(40_000)).Append("\r\n");
        if (mayWrite && dice.One(20))
            request.Append("X-Telegram-Bot-Api-Secret-Token: ").Append(DeskServer.WebhookSecret).Append("\r\n");
        if (body is null)
            return new FuzzRequest(request.Append("\r\n").ToString(), method == "HEAD", IsCutOff: false);
        var isCutOff = body.Write(request);
        return new FuzzRequest(request.ToString(), method == "HEAD", isCutOff);
    }

    /// <summary>The bytes to send.</summary>
    public byte[] BytesFor(FuzzGround ground)
    {
        var text = ground.Filled(Text);
        var body = text[(text.IndexOf(EndOfHead, StringComparison.Ordinal) + EndOfHead.Length)..];
        text = text.Replace(Length, body.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        if (body.StartsWith(Chunk, StringComparison.Ordinal))
        {
            var length = body.Length - Chunk.Length - 2 - LastChunk.Length;
            text = text.Replace(Chunk, Math.Max(0, length).ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private static string PathOf(FuzzGround ground, string pattern, Dice dice)
    {
        if (dice.One(10))
            return dice.Of(Paths);
        if (ground.Links.TryGetValue(pattern, out var links) && dice.One(50))
            return $"{{{{link:{pattern}}}}}";

        // What stands in braces is filled with whatever nobody expects there.
        var path = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] != '{')
            {
                path.Append(pattern[at]);
                continue;
            }

            at = pattern.IndexOf('}', at);
            var value = dice.Of(NastyValues.All);
            path.Append(dice.One(70) ? FuzzBody.Escaped(value) : value.Replace("\r\n", "", StringComparison.Ordinal));
        }

        return path.Length > 0 ? path.ToString() : "/";
    }

    private static string QueryOf(FuzzGround ground, FuzzForm? form, Dice dice) => string.Join('&', Enumerable.Range(0, dice.Of(4)).Select(_ =>
        $"{FuzzBody.Escaped(form is { Fields.Count: > 0 } && dice.One(60) ? dice.Of(form.Fields).Name : dice.Of(ground.Names))}="
        + (dice.One(80) ? FuzzBody.Escaped(dice.Of(NastyValues.All)) : dice.Bytes(40).Replace("\n", "", StringComparison.Ordinal))));

    private static string CookiesOf(string who, bool isOwn, Dice dice)
    {
        if (who == "nobody" && dice.One(50))
            return "";
        var form = isOwn || dice.One(50) ? who : dice.Of(FuzzGround.Everybody);
        return string.Create(
            CultureInfo.InvariantCulture, $"Cookie: {DeskServer.Cookie}={{{{session:{who}}}}}; alertbot-form={{{{form:{form}}}}}\r\n");
    }

    // Whoever may act has their own token only where they may write; else it is somebody else's, of before, broken, or none.
    private static string TokenOf(string who, bool isOwn, Dice dice)
    {
        if (isOwn)
            return $"{{{{token:{who}}}}}";
        var other = dice.Of(FuzzGround.Everybody);
        if (other == who && who is "owner" or "coordinator")
            other = "invented";
        return dice.Of(4) switch
        {
            0 => "",
            1 => dice.Bytes(200),
            2 => $"{{{{token:{other}}}}}x",
            _ => $"{{{{token:{other}}}}}",
        };
    }
}
