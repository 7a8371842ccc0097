using System.CommandLine;
using AlertBot.Cli;

namespace AlertBot.Tests.Cli;

/// <summary>The command line as people mistype it: the mistake and what is expected, without a word of .NET.</summary>
public sealed class MisuseTests
{
    [Theory]
    [InlineData("people imprt x.csv", "there is no verb 'imprt' (did you mean 'import'?)")]
    [InlineData("people", "say what to do: import")]
    [InlineData("invite --role admin", "--role is reporter, advocate, coordinator or owner, not 'admin'")]
    [InlineData("invite --role 3", "--role is reporter, advocate, coordinator or owner, not '3'")]
    [InlineData("invite --role advocate,coordinator", "--role is reporter, advocate, coordinator or owner, not 'advocate,coordinator'")]
    [InlineData("invite --role advocat", "not 'advocat' (did you mean 'advocate'?)")]
    [InlineData("invite", "--role is missing: reporter, advocate, coordinator or owner")]
    [InlineData("invite --role", "--role wants a value: reporter, advocate, coordinator or owner")]
    [InlineData("invite --role owner --hours many", "--hours is a whole number from 1 to 720, not 'many'")]
    [InlineData("invite --role owner --hours 0", "--hours is a whole number from 1 to 720, not '0'")]
    [InlineData("invite --rol owner", "there is no option '--rol' (did you mean '--role'?)")]
    [InlineData("alert status abc", "'abc' is no id of an alert: 'alertbot alert send' prints one of 36 letters, digits and dashes")]
    [InlineData("alert status", "id is missing: as 'alert send' printed it")]
    [InlineData("alert send --case K-7F3Q --text x --severity high", "--severity is info, notice, urgent or critical, not 'high'")]
    [InlineData("demo --speed fast", "--speed is a number more than 0 and at most 10000, not 'fast'")]
    [InlineData("jobs run a b", "'b' is one word too many; words that belong together stand in quotes")]
    [InlineData("doctor --json=maybe", "'maybe' is one word too many")]
    [InlineData("completion csh", "'csh' is no shell for which there is completion")]
    [InlineData("test", "tests are run from a clone, by ./alertbot test")]
    [InlineData("serv", "there is no verb 'serv' (did you mean 'serve'?)")]
    public void Something_mistyped_is_said_with_what_is_wanted(string typed, string said)
    {
        var parsed = CommandLine.Verbs().Parse(typed.Split(' '));

        Assert.NotEmpty(parsed.Errors);
        var sentence = Assert.Single(Misuse.SentencesOf(parsed));
        Assert.Contains(said, sentence, StringComparison.Ordinal);
        AssertIsInOurWords(sentence);
    }

    [Fact]
    public void Every_verb_and_every_option_refuses_in_our_words()
    {
        foreach (var verb in All(CommandLine.Verbs(), []))
        {
            foreach (var option in verb[^1].Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal)))
            {
                string[] typed = [.. verb.Skip(1).Select(one => one.Name), option.Name, "\u2603", "\u2603", "\u2603"];
                Assert.All(Misuse.SentencesOf(CommandLine.Verbs().Parse(typed)), AssertIsInOurWords);
                Assert.All(Misuse.SentencesOf(CommandLine.Verbs().Parse([.. typed[..^2], option.Name])), AssertIsInOurWords);
            }

            using var help = new StringWriter();
            Assert.Equal(0, CommandLine.Verbs().Parse([.. verb.Skip(1).Select(one => one.Name), "--help"]).Invoke(new() { Output = help }));
            Assert.Contains(verb[^1].Description!, help.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
            AssertIsInOurWords(help.ToString());
        }
    }

    private static IEnumerable<Command[]> All(Command command, Command[] above) =>
        [[.. above, command], .. command.Subcommands.SelectMany(verb => All(verb, [.. above, command]))];

    private static void AssertIsInOurWords(string output)
    {
        foreach (var word in new[] { "System.", "AlertBot.", "Exception", "expected type", "Unrecognized", "Required " })
            Assert.DoesNotContain(word, output, StringComparison.Ordinal);
    }
}
