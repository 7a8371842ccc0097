using AlertBot.Configuration;

namespace AlertBot.Tests.Configuration;

public sealed class TokenFileTests : IDisposable
{
    private const string Token = "1000000001:AAinvented-token-of-a-bot-that-is-not";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"alertbot-test-{Guid.NewGuid():N}");

    [Fact]
    public void The_token_is_read_from_its_file()
    {
        Write(Token + "\n");

        Assert.Equal(Token, Read().Settings.Telegram!.Token);
    }

    [Fact]
    public void The_variable_with_the_token_wins_over_the_file_that_the_settings_name()
    {
        Write(Token);

        var read = SettingsFile.Read(
            "config/alertbot.yaml", $"Telegram:\n  TokenFile: {_file}", new Dictionary<string, string> { ["Telegram__Token"] = Token + "-other" });

        Assert.Empty(read.Problems);
        Assert.Equal(Token + "-other", read.Settings.Telegram!.Token);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_open_is_refused(UnixFileMode more)
    {
        Write(Token, more);

        Assert.Null(Read().Settings.Telegram);
        Assert.Contains($"is open to other users. Run: chmod 600 '{_file}'", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal($"Telegram__TokenFile: Telegram.TokenFile: the file {_file} is not there", Problem());

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    [InlineData("not a token", "what the file holds is not a bot token")]
    public void A_file_without_a_token_is_refused_and_not_quoted(string content, string said)
    {
        Write(content);

        Assert.Contains(said, Problem(), StringComparison.Ordinal);
        Assert.DoesNotContain("not a token", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_is_not_read()
    {
        Write(new string('1', 5000));

        Assert.Contains("too large", Problem(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private void Write(string content, UnixFileMode more = UnixFileMode.None)
    {
        File.WriteAllText(_file, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
    }

    private SettingsFile Read() =>
        SettingsFile.Read("config/alertbot.yaml", null, new Dictionary<string, string> { ["Telegram__TokenFile"] = _file });

    private string Problem() => Assert.Single(Read().Problems).ToString();
}
