using System.Text;

namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>What a request carries: a form that is nearly right, in one of several encodings, or something else altogether.</summary>
internal sealed class FuzzBody(Dice dice, string token, FuzzGround ground, FuzzForm? form)
{
    private const int Huge = 1_200_000;
    private const string TokenField = "__RequestVerificationToken";

    private static readonly string[] Types =
    [
        "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=nonsense", "text/xml", "",
        "application/octet-stream", "multipart/form-data", "multipart/form-data; boundary=", "\xff/\xff",
    ];

    /// <summary>Bytes as they may stand in an address or a form.</summary>
    public static string Escaped(string bytes) => string.Concat(bytes.Select(
        one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' or '~' or '{' or '}' or ':' ? one.ToString() : $"%{(int)one:x2}"));

    /// <summary>Appends the rest of the request.</summary>
    /// <returns>Whether it ends before it is complete.</returns>
    public bool Write(StringBuilder request)
    {
        var (type, body) = dice.Of(20) switch
        {
            < 11 => ("application/x-www-form-urlencoded", Form()),
            < 15 => Multipart(),
            15 => ("application/json", Json()),
            16 => (dice.Of(Types), Form()),
            17 => ("application/x-www-form-urlencoded", dice.Bytes(600)),
            18 => ("application/json", dice.Bytes(600)),
            _ => ("application/x-www-form-urlencoded", dice.One(4) ? Form() + "&x=" + new string('a', Huge) : Form()),
        };
        if (type.Length > 0)
            request.Append("Content-Type: ").Append(type).Append("\r\n");
        if (dice.One(5))
        {
            request.Append("Transfer-Encoding: chunked\r\n\r\n").Append(FuzzRequest.Chunk).Append("\r\n").Append(body)
                .Append(dice.One(50) ? FuzzRequest.LastChunk : "\r\nzz\r\n\r\n");
            return false;
        }

        // A sender who promises more than they send, and then hangs up.
        var isCutOff = dice.One(1);
        request.Append("Content-Length: ").Append(isCutOff ? "9" : "").Append(FuzzRequest.Length).Append("\r\n\r\n").Append(body);
        return isCutOff;
    }

    private IEnumerable<(string Name, string Value)> Fields()
    {
        var fields = (form?.Fields ?? []).Where(field => field.Name != TokenField).ToList();
        if (fields.Count == 0 || dice.One(10))
            fields = Enumerable.Range(0, dice.Of(5)).Select(_ => (dice.Of(ground.Names), dice.Of(NastyValues.All))).ToList();
        foreach (var (name, value) in fields)
        {
            if (dice.One(10))
                continue;
            yield return (dice.One(3) ? name + "[0]" : name, dice.One(45) ? value : dice.Of(NastyValues.All));
            if (dice.One(5))
                yield return (name, dice.Of(NastyValues.All));
        }

        yield return (TokenField, token);
    }

    private string Form() => string.Join('&', Fields().Select(field => field.Name == TokenField
        ? $"{TokenField}={Escaped(field.Value)}"
        : $"{Escaped(field.Name)}={(dice.One(90) ? Escaped(field.Value) : field.Value)}"));

    private (string Type, string Body) Multipart()
    {
        var boundary = dice.One(85) ? "b0undary" : dice.Of<string>(["", "\"", new string('b', 200), "b 0"]);
        var body = new StringBuilder();
        foreach (var (name, value) in Fields())
        {
            body.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name).Append('"');
            if (name != TokenField && dice.One(15))
            {
                body.Append("; filename=\"").Append(dice.Of(NastyValues.All).Replace("\r\n", "", StringComparison.Ordinal))
                    .Append("\"\r\nContent-Type: text/csv");
            }

            body.Append("\r\n\r\n").Append(value).Append("\r\n");
        }

        if (dice.One(90))
            body.Append("--").Append(boundary).Append("--\r\n");
        return ($"multipart/form-data; boundary={boundary}", body.ToString());
    }

    private string Json() => dice.Of(6) switch
    {
        0 => new string('[', 3000),
        1 => "{\"" + string.Join("\":1,\"", Fields().Select(field => field.Name)) + "\":1",
        2 => "{\"update_id\":" + dice.Of(NastyValues.All) + "}",
        3 => "{\"a\":\"" + dice.Bytes(80) + "\"}",
        _ => "{" + string.Join(',', Fields().Select(field => $"\"{field.Name}\":\"{Escaped(field.Value)}\"")) + "}",
    };
}
