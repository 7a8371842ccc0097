using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace AlertBot.Desk.Frame;

/// <summary>A part of a page: it shows what the page has read, and says it as the page does.</summary>
public abstract class DeskPart : ComponentBase
{
    [Parameter, EditorRequired]
    public required DeskPage Page { get; set; }

    protected Person Me => Page.Me;

    protected Instant Now => Page.Now;

    protected string Language => Page.Language;

    protected TextCatalog Texts => Page.Texts;

    protected string T(string key, params (string Name, object Value)[] arguments) => Page.T(key, arguments);

    protected RichText Rich(string key, params (string Name, object Value)[] arguments) => Page.Rich(key, arguments);

    protected string At(Instant at) => Page.At(at);
}
