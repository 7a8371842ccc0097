using AlertBot.Postgres.Vaults;

namespace AlertBot.Tests.Vaults;

public class KeyPartTests
{
    [Fact]
    public void Two_parts_give_all_keys_back()
    {
        using var keys = KeyRing.New();
        var parts = KeyParts.Split(keys).Select(part => string.Join('\n', part.Lines())).Select(KeyPart.Read).ToList();

        foreach (var (one, other) in new[] { (0, 1), (1, 2), (2, 0) })
        {
            using var joined = KeyParts.Join(parts[one], parts[other]);
            Assert.Equal(keys.Sealing[0].Reveal(), Assert.Single(joined.Sealing).Reveal());
            Assert.Equal(keys.Lookup.Reveal(), joined.Lookup.Reveal());
            Assert.Equal(keys.Backup!.RevealPrivate(), joined.Backup!.RevealPrivate());
        }
    }

    [Fact]
    public void A_part_is_found_in_the_page_it_is_printed_on_and_in_the_word_that_is_scanned()
    {
        using var keys = KeyRing.New();
        var part = KeyParts.Split(keys)[1];

        Assert.Equal(part.Word, KeyPart.Read($"<pre>\n{string.Join('\n', part.Lines())}</pre> any words").Word);
        Assert.Equal(part.Word, KeyPart.Read($"scanned: {part.Word}\n").Word);
        Assert.Equal(2, part.Number);
    }

    [Fact]
    public void As_people_write_it_by_hand_it_is_read_too()
    {
        using var keys = KeyRing.New();
        var part = KeyParts.Split(keys)[0];

        var written = string.Join('\n', part.Lines()).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l');
        // The numbers in front are numbers.
        written = string.Join('\n', written.Split('\n').Select((line, at) => $"{at + 1}{line[line.IndexOf(':', StringComparison.Ordinal)..]}"));
        Assert.Equal(part.Word, KeyPart.Read(written).Word);
    }

    [Fact]
    public void A_mistyped_line_is_named()
    {
        using var keys = KeyRing.New();
        var lines = KeyParts.Split(keys)[0].Lines().ToList();
        lines[2] = lines[2][..4] + (lines[2][4] == '7' ? '8' : '7') + lines[2][5..];

        Assert.Contains("Line 3", Assert.Throws<VaultException>(() => KeyPart.Read(string.Join('\n', lines))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_left_out_is_named()
    {
        using var keys = KeyRing.New();
        var lines = KeyParts.Split(keys)[0].Lines().ToList();

        Assert.Contains(
            "Line 2", Assert.Throws<VaultException>(() => KeyPart.Read(string.Join('\n', lines.Where((_, at) => at != 1)))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "not complete", Assert.Throws<VaultException>(() => KeyPart.Read(string.Join('\n', lines.SkipLast(1)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_do_not_belong_together_say_so()
    {
        using var keys = KeyRing.New();
        var (first, second) = (KeyParts.Split(keys), KeyParts.Split(keys));

        var strangers = Assert.Throws<VaultException>(() => KeyParts.Join(first[0], second[1]));
        Assert.Contains("not of one making", strangers.Message, StringComparison.Ordinal);
        var twice = Assert.Throws<VaultException>(() => KeyParts.Join(first[0], first[0]));
        Assert.Contains("Both are part 1", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forged_part_gives_no_keys()
    {
        using var keys = KeyRing.New();
        var parts = KeyParts.Split(keys);
        var forged = new KeyPart(parts[0].Split, 2, new byte[parts[1].Share.Length]);

        Assert.Contains("forged", Assert.Throws<VaultException>(() => KeyParts.Join(parts[0], forged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_private_half_no_parts_are_made()
    {
        using var keys = KeyRing.New();

        Assert.Contains("--with", Assert.Throws<VaultException>(() => KeyParts.Split(keys.WithoutPrivateHalf())).Message, StringComparison.Ordinal);
    }
}
