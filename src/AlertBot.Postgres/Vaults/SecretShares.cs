using System.Security.Cryptography;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Shamir's secret sharing over GF(256), byte by byte, with the field of AES: so many shares give the secret back, one fewer tells
/// nothing of it. Shares as in draft-mcgrew-tss-03, whose test vectors it is held to.
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

    /// <param name="random">The coefficients: for each power, lowest first, one for each byte of the secret.</param>
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

    /// <summary>The secret, from as many shares as it wants. Others of another secret give bytes that mean nothing.</summary>
    public static byte[] Join(IReadOnlyList<(byte Index, byte[] Share)> shares)
    {
        var secret = new byte[shares[0].Share.Length];
        foreach (var (index, share) in shares)
        {
            // Lagrange's polynomial of this share, at zero.
            byte weight = 1;
            foreach (var (other, _) in shares.Where(one => one.Index != index))
                weight = Multiply(weight, Multiply(other, Invert((byte)(other ^ index))));
            for (var at = 0; at < secret.Length; at++)
                secret[at] ^= Multiply(share[at], weight);
        }

        return secret;
    }

    /// <summary>Without tables and branches that depend on the values: what is multiplied here is secret.</summary>
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

    // a^254 is the inverse of a, since every element but zero to the power of 255 is one.
    private static byte Invert(byte value)
    {
        byte result = 1;
        for (var times = 0; times < 254; times++)
            result = Multiply(result, value);
        return result;
    }
}
