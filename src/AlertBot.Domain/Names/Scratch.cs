namespace AlertBot.Domain.Names;

/// <summary>The working memory of one query. It is reused, so that a query does not clear arrays as large as the registry.</summary>
internal sealed class Scratch
{
    private byte[] _counts = [];
    private float[] _gains = [];
    private sbyte[] _last = [];

    public List<int> Touched { get; } = [];

    public List<int> Persons { get; } = [];

    /// <summary>Known names that may be near a word.</summary>
    public List<int> Known { get; } = [];

    /// <summary>All zero between uses: each user resets the entries it changed.</summary>
    public byte[] Counts(int skeletons) => Grown(ref _counts, skeletons);

    public float[] Gains(int persons) => Grown(ref _gains, persons);

    public sbyte[] Last(int persons) => Grown(ref _last, persons);

    private static T[] Grown<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[length + length / 4];

        return array;
    }
}
