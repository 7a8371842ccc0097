using AlertBot.Domain.Channels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AlertBot.Desk.Frame;

/// <summary>A text of the catalogue with its style. What people wrote stays text, whatever it holds.</summary>
public sealed class Styled : ComponentBase
{
    [Parameter, EditorRequired]
    public required RichText Text { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // Styles nest, so the text is cut wherever one of them begins or ends.
        var cuts = Text.Spans.SelectMany(span => new[] { span.Start, span.End }).Append(0).Append(Text.Plain.Length).Distinct().Order().ToList();
        foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
        {
            var elements = Text.Spans.Where(span => span.Start <= from && span.End >= to).Select(span => ElementOf(span.Style))
                .OfType<string>().ToList();
            foreach (var element in elements)
                builder.OpenElement(0, element);
            builder.AddContent(1, Text.Plain[from..to]);
            foreach (var _ in elements)
                builder.CloseElement();
        }
    }

    // A page shows what a spoiler hides in a chat: whoever reads it is cleared for it. A link's target would tell another site where we look.
    private static string? ElementOf(TextStyle style) => style switch
    {
        TextStyle.Bold => "strong",
        TextStyle.Italic => "em",
        TextStyle.Strikethrough => "s",
        TextStyle.Code => "code",
        _ => null,
    };
}
