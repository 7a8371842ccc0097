using System.Security.Cryptography;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Shamir's secret sharing over GF(256), byte by byte, in the field of AES. The threshold of shares restores the secret; one share fewer reveals
/// nothing. Shares are as in draft-mcgrew-tss-03, whose test vectors apply.
/// </summary>
internal static class SecretShares
{
    /// <returns>Shares with the indices 1, 2, ...</returns>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> secret, int shares, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, shares);
        var random = RandomNumberGenerator.GetBytes(secret.Length * (threshold - 1));
        try
        {
            return Split(secret, shares, random);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(random);
        }
    }

    /// <param name="random">The coefficients: for each power, lowest first, one byte for each byte of the secret.</param>
    internal static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> secret, int shares, ReadOnlySpan<byte> random)
    {
        var made = new byte[shares][];
        for (var index = 1; index <= shares; index++)
        {
            var share = made[index - 1] = new byte[secret.Length];
            for (var at = 0; at < secret.Length; at++)
            {
                // Horner's rule, from the highest power down.
                byte value = 0;
                for (var power = random.Length / secret.Length; power >= 1; power--)
                    value = Multiply((byte)(value ^ random[((power - 1) * secret.Length) + at]), (byte)index);
                share[at] = (byte)(value ^ secret[at]);
            }
        }

        return made;
    }

    /// <summary>Restores the secret from the threshold of shares. Shares of different secrets give meaningless bytes.</summary>
    public static byte[] Join(IReadOnlyList<(byte Index, byte[] Share)> shares)
    {
        var secret = new byte[shares[0].Share.Length];
        foreach (var (index, share) in shares)
        {
            // The Lagrange polynomial of this share at zero.
            byte weight = 1;
            foreach (var (other, _) in shares.Where(one => one.Index != index))
                weight = Multiply(weight, Multiply(other, Invert((byte)(other ^ index))));
            for (var at = 0; at < secret.Length; at++)
                secret[at] ^= Multiply(share[at], weight);
        }

        return secret;
    }

    /// <summary>Uses no tables or branches that depend on the values, because these are secret.</summary>
    internal static byte Multiply(byte left, byte right)
    {
        int product = 0, shifted = left;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= -((right >> bit) & 1) & shifted;
            shifted = (shifted << 1) ^ (-((shifted >> 7) & 1) & 0x11B);
        }

        return (byte)product;
    }

    // a^254 is the inverse of a, since a^255 is one for every element but zero.
    private static byte Invert(byte value)
    {
        byte result = 1;
        for (var times = 0; times < 254; times++)
            result = Multiply(result, value);
        return result;
    }
}
