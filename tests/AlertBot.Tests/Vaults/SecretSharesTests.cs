using AlertBot.Postgres.Vaults;

namespace AlertBot.Tests.Vaults;

public class SecretSharesTests
{
    [Theory]
    [InlineData(0x57, 0x83, 0xC1)]   // FIPS 197, 4.2
    [InlineData(0x57, 0x13, 0xFE)]   // FIPS 197, 4.2.1
    public void The_field_is_that_of_AES(byte left, byte right, byte product)
    {
        Assert.Equal(product, SecretShares.Multiply(left, right));
        Assert.Equal(product, SecretShares.Multiply(right, left));
    }

    // draft-mcgrew-tss-03, section 9: the secret "test" and a zero, two shares of which both are needed.
    [Fact]
    public void The_published_shares_give_the_published_secret() => Assert.Equal(
        Convert.FromHexString("7465737400"),
        SecretShares.Join([(1, Convert.FromHexString("B9FA07E185")), (2, Convert.FromHexString("F5409B4511"))]));

    [Fact]
    public void The_published_secret_gives_the_published_shares()
    {
        var secret = Convert.FromHexString("7465737400");
        // The coefficient that the first share was made with: share 1 is the secret plus it.
        var random = Convert.FromHexString("B9FA07E185").Select((value, at) => (byte)(value ^ secret[at])).ToArray();

        Assert.Equal(["B9FA07E185", "F5409B4511"], SecretShares.Split(secret, 2, random).Select(Convert.ToHexString));
    }

    [Fact]
    public void Any_two_of_three_give_it_back_and_one_alone_does_not()
    {
        var secret = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var shares = SecretShares.Split(secret, 3, 2);

        foreach (var (one, other) in new[] { (0, 1), (0, 2), (1, 2), (2, 0) })
            Assert.Equal(secret, SecretShares.Join([((byte)(one + 1), shares[one]), ((byte)(other + 1), shares[other])]));
        Assert.All(shares, (share, at) => Assert.NotEqual(secret, SecretShares.Join([((byte)(at + 1), share)])));
    }

    [Fact]
    public void Every_byte_of_one_share_is_as_likely_for_any_secret()
    {
        // Of a share alone, all secrets are as likely: over many splits of one byte each value comes, none much oftener than others.
        var seen = new int[256];
        for (var times = 0; times < 256 * 64; times++)
            seen[SecretShares.Split([42], 3, 2)[0][0]]++;

        Assert.InRange(seen.Min(), 20, 64);
        Assert.InRange(seen.Max(), 64, 130);
    }
}
