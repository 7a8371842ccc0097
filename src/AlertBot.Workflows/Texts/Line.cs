using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Texts;

/// <summary>One paragraph by its text key. An argument may be another line, which is said in the same language.</summary>
public sealed record Line(string Key, params (string Name, object Value)[] Arguments)
{
    public RichText In(string language, TextCatalog texts) => texts.Say(
        language, Key, Arguments.Select(
            argument => (argument.Name, argument.Value is Line inner ? inner.In(language, texts) : argument.Value)).ToArray());

    public override string ToString() => $"({Key})";
}
