using System.Diagnostics;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The command line as people mistype it: the mistake, what is expected, one style, and the exit codes of the help.</summary>
public sealed class An_operator_types_something_wrong
{
    private static readonly IReadOnlyDictionary<string, string> NoSettings = new Dictionary<string, string>();

    [Theory]
    [InlineData("serv", "alertbot: there is no verb 'serv' (did you mean 'serve'?)")]
    [InlineData("alert send --case K-7F3Q --text \u200B\u2800\u202E\uFEFF", "alertbot: --text is empty: nothing of it would be seen")]
    [InlineData("alert send --case hello --text x", "alertbot: 'hello' is no case code: it looks like K-7F3Q")]
    [InlineData("case export hello", "alertbot: 'hello' is no case code: it looks like K-7F3Q")]
    [InlineData("invite --role admin", "alertbot: --role is reporter, advocate, coordinator or owner, not 'admin'")]
    [InlineData("alert status abc", "alertbot: 'abc' is no id of an alert")]
    [InlineData("demo --speed fast", "alertbot: --speed is a number more than 0 and at most 10000, not 'fast'")]
    [InlineData("case export K-0000", "alertbot: 'K-0000' is no case code: it looks like K-7F3Q")]
    public async Task Something_misused_is_said_with_what_is_wanted_and_ends_with_2(string typed, string said)
    {
        var (code, output) = await ProgramProcess.RunAsync(NoSettings, typed.Split(' '));

        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(2, code);
        AssertIsInOurWords(output);
    }

    [Theory]
    [InlineData("people import nowhere.csv", "alertbot: there is no file nowhere.csv")]
    [InlineData("rules compute KZ-DET-72H --at 2024-03-26 --zone Almaty", "unknown time zone 'Almaty' (did you mean 'Asia/Almaty'?)")]
    [InlineData("rules compute KZ-DET-72H --at 2024-03-26 --zone Nukus", "unknown time zone 'Nukus'; write a larger city with the same time")]
    [InlineData("replay 02-almaty-nigth", "alertbot: there is no scenario '02-almaty-nigth'")]
    public async Task Something_that_is_not_there_is_named_and_ends_with_1(string typed, string said)
    {
        var (code, output) = await ProgramProcess.RunAsync(NoSettings, typed.Split(' '));

        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(1, code);
        AssertIsInOurWords(output);
    }

    [Fact]
    public async Task Help_is_the_same_before_anything_is_built_and_names_every_verb()
    {
        var verbs = Cli.CommandLine.Verbs().Subcommands.Select(verb => verb.Name).ToList();
        var (code, help) = await ProgramProcess.RunAsync(NoSettings, "help");

        Assert.Equal(0, code);
        Assert.All(verbs, verb => Assert.Matches($@"(?m)(^ +|; ){verb}\b", help));
        // The script prints the same words before anything is built.
        var start = new ProcessStartInfo(Path.Combine(Root(), "alertbot"), ["help"]) { RedirectStandardOutput = true };
        using var script = Process.Start(start)!;
        Assert.Equal(help.Trim().ReplaceLineEndings(), (await script.StandardOutput.ReadToEndAsync()).Trim().ReplaceLineEndings());
    }

    [Theory]
    [InlineData("alertbot dem", "demo")]
    [InlineData("alertbot jobs ", "list run")]
    [InlineData("alertbot invite --ro", "--role")]
    [InlineData("alertbot invite --role ", "advocate coordinator owner reporter")]
    [InlineData("alertbot completion f", "fish")]
    [InlineData("alertbot alert send --case K-7F3Q --sev", "--severity")]
    public async Task Bash_completes_verbs_options_and_their_words(string line, string offered)
    {
        var script = Cli.CompletionCommand.ScriptFor("bash", Cli.CommandLine.Verbs());
        using var bash = Process.Start(new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var words = line.TrimEnd() + (line.EndsWith(' ') ? " ''" : "");
        await bash.StandardInput.WriteAsync(
            $"{script}\nCOMP_WORDS=({words})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}}-1))\n_alertbot\necho ${{COMPREPLY[@]}}\n");
        bash.StandardInput.Close();

        var answer = (await bash.StandardOutput.ReadToEndAsync()).Split(' ', StringSplitOptions.TrimEntries);
        Assert.Equal(offered, string.Join(' ', answer.Where(word => offered.StartsWith('-') || !word.StartsWith('-'))));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AlertBot.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    private static void AssertIsInOurWords(string output)
    {
        foreach (var word in new[] { "System.", "AlertBot.", "Exception", "expected type", "Unrecognized" })
            Assert.DoesNotContain(word, output, StringComparison.Ordinal);
        var complaints = output.Split('\n').Where(line => line.StartsWith("alertbot: ", StringComparison.Ordinal));
        Assert.All(complaints, line => Assert.DoesNotMatch("^alertbot: (There|The|A|Option|Required) ", line));
        Assert.All(complaints.Where(line => !line.Contains(". ", StringComparison.Ordinal)), line => Assert.DoesNotMatch(@"[^.]\.\r?$", line));
    }
}
