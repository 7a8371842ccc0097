using System.Net;
using System.Text;
using AlertBot.Postgres.Vaults;
using QRCoder;

namespace AlertBot.Cli;

/// <summary>Prints the parts of the keys as pages, each with lines to type, a code to scan, and the part's purpose.</summary>
internal static class KeyPaper
{
    /// <returns>One file for each part, which only its owner may open.</returns>
    public static IReadOnlyList<string> Write(string directory, IReadOnlyList<KeyPart> parts, KeyRing ring)
    {
        directory = Path.GetFullPath(directory);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var files = new List<string>();
        foreach (var part in parts)
        {
            var path = Path.Combine(directory, $"part-{part.Number}-of-{parts.Count}-{part.SplitName}.html");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(Page(part, parts.Count, ring)));
            files.Add(path);
        }

        return files;
    }

    private static string Page(KeyPart part, int count, KeyRing ring) => $$"""
        <!DOCTYPE html>
        <html lang="en"><meta charset="utf-8"><title>Part {{part.Number}} of {{count}}</title>
        <style>
        body { font: 12pt/1.5 sans-serif; margin: 2cm; max-width: 16cm }
        pre { font: 13pt/1.7 monospace; border: 1px solid; padding: .5cm }
        svg { width: 7cm; height: 7cm }
        </style>
        <h1>AlertBot: part {{part.Number}} of {{count}} of a key</h1>
        <p>Any two of the three parts named <b>{{part.SplitName}}</b> give back all that the bot keeps. One alone tells nothing.
        Keep it on paper, away from the other parts and from any computer of the organisation. Give it only to people whom you know,
        when the machine is lost and two of you agree.</p>
        <pre>{{WebUtility.HtmlEncode(string.Join('\n', part.Lines()))}}</pre>
        {{Code(part.Word)}}
        <p>Try it:&nbsp; <code>alertbot keys check -</code> &nbsp;then type the lines above, or scan the code; end with an empty line.<br>
        Use it:&nbsp; <code>alertbot keys join PART OTHER</code>, &nbsp;or <code>alertbot restore FILE --with PART --with OTHER</code></p>
        <p>Holds the key {{ring.Sealing[0].Id.ToString("x8", null)}} and the backup key {{ring.Backup?.Id.ToString("x8", null)}}.</p>
        </html>
        """;

    private static string Code(string word)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(word, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4);
    }
}
