using System.Text;
using AlertBot.Postgres.Vaults;

namespace AlertBot.Tests.Vaults;

public class KeyLinesTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        using var keys = KeyRing.New();
        using var read = Read(KeyLines.Write(keys.Add(VaultKey.New())));

        Assert.Equal(2, read.Sealing.Count);
        Assert.Equal(keys.Sealing[0].Reveal(), read.Sealing[0].Reveal());
        Assert.Equal(keys.Lookup.Reveal(), read.Lookup.Reveal());
        Assert.True(read.Backup!.OpensBackups);
        using var half = Read(KeyLines.Write(keys.WithoutPrivateHalf()));
        Assert.False(half.Backup!.OpensBackups);
        Assert.Equal(keys.Backup!.Id, half.Backup.Id);
    }

    [Fact]
    public void In_a_file_of_before_the_oldest_key_goes_on_making_look_ups()
    {
        using var old = VaultKey.New();
        using var fresh = VaultKey.New();
        using var read = Read(Encoding.ASCII.GetBytes($"# note\n{Line(fresh)}\n{Line(old)}\n"));

        Assert.Equal([fresh.Id, old.Id], read.Sealing.Select(key => key.Id));
        Assert.Equal(old.Id, read.Lookup.Id);
        Assert.Null(read.Backup);
    }

    [Theory]
    [InlineData("seal 00000000 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "does not belong to its id")]
    [InlineData("seal 1234 xx", "line 1 is not")]
    [InlineData("seel 00000000 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "is none of seal")]
    [InlineData("backup-public 00000000 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "is no key")]
    [InlineData("# nothing", "it holds no key")]
    public void What_is_wrong_with_a_line_is_said(string line, string words) => Assert.Contains(
        words, Assert.Throws<VaultException>(() => Read(Encoding.ASCII.GetBytes(line))).Message, StringComparison.Ordinal);

    private static string Line(VaultKey key) => $"{key.Id:x8} {Convert.ToBase64String(key.Reveal())}";

    private static KeyRing Read(byte[] lines) => KeyLines.Read(lines, how => new VaultException(how));
}
