using System.Buffers.Binary;

namespace AlertBot.Domain.People;

/// <summary>
/// The sign by which colleagues know a person with a role: <c>4KW</c>. It is made from the id alone, so it reveals nothing to outsiders. Among some
/// hundred people two may share one, so the role stands beside it.
/// </summary>
public static class PersonSign
{
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    public static string Of(PersonId person)
    {
        // The end of a version 7 UUID is random; its beginning is a time.
        Span<byte> bytes = stackalloc byte[16];
        person.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        return string.Create(3, number, static (sign, rest) =>
        {
            foreach (ref var letter in sign)
            {
                letter = Letters[(int)(rest % (uint)Letters.Length)];
                rest /= (uint)Letters.Length;
            }
        });
    }
}
