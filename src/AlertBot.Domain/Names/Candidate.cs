namespace AlertBot.Domain.Names;

/// <summary>A registered person, and the alignment of the query with one spelling of the name.</summary>
/// <param name="Words">For each registered word the word of the query, or -1.</param>
internal sealed record Candidate<TId>(TId Id, long Order, float Cost, int[] Words, int[] Registered, WordForm[] Forms, string[] Letters)
{
    public override string ToString() => "(name)";
}
