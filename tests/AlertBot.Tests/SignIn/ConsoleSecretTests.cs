using System.Buffers.Text;
using AlertBot.Domain.People;

namespace AlertBot.Tests.SignIn;

public class ConsoleSecretTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void A_secret_is_256_bits_that_never_come_twice()
    {
        var many = Enumerable.Range(0, 2_000).Select(_ => ConsoleSecret.New().Reveal()).ToList();

        Assert.Equal(many.Count, many.Distinct().Count());
        Assert.All(many, one => Assert.Equal(32, Base64Url.DecodeFromChars(one).Length));
    }

    [Fact]
    public void It_is_read_as_it_was_given_and_prints_as_a_mask()
    {
        var secret = ConsoleSecret.New();

        Assert.True(ConsoleSecret.TryParse(secret.Reveal(), out var read));
        Assert.Equal(secret, read);
        Assert.Equal("(secret)", $"{secret}");
    }

    // CA5394: a test's dice, not a secret.
#pragma warning disable CA5394
    [Fact]
    public void Whatever_is_changed_in_it_is_another_secret_or_none() => Property.ForAll(
        dice =>
        {
            var given = ConsoleSecret.New().Reveal().ToCharArray();
            var before = new string(given);
            for (var changes = 1 + dice.Next(3); changes > 0; changes--)
                given[dice.Next(given.Length)] = (char)dice.Next(1, dice.Next(2) == 0 ? 0x80 : 0x3000);
            return (Before: before, After: new string(given));
        },
        texts => Assert.True(
            texts.Before == texts.After || !ConsoleSecret.TryParse(texts.After, out var read) || read.Reveal() == texts.After));

    [Fact]
    public void What_anybody_may_send_is_read_without_a_fault() => Property.ForAll(
        dice => new string(Enumerable.Range(0, dice.Next(0, 90)).Select(_ => (char)dice.Next(0, 0x10000)).ToArray()),
        text => Assert.False(ConsoleSecret.TryParse(text, out _)));
#pragma warning restore CA5394

    // Four last letters decode alike, and only one is accepted. Otherwise a secret would have four spellings.
    [Fact]
    public void It_has_one_spelling()
    {
        var given = ConsoleSecret.New().Reveal();

        Assert.Equal(16, Letters.Count(last => ConsoleSecret.TryParse(given[..^1] + last, out _)));
        foreach (var other in new[] { given + "=", given[..^1], " " + given, given + "A", null })
            Assert.False(ConsoleSecret.TryParse(other, out _));
    }
}
