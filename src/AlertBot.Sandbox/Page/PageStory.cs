namespace AlertBot.Sandbox.Page;

/// <summary>What the page says above the phones: a scene of a story, or what a visitor may do next.</summary>
/// <param name="Caption">What happens now, in a sentence or two.</param>
public sealed record PageStory(string Caption)
{
    /// <summary>Which scene it is, counted from 1; 0: no scene of a story.</summary>
    public int Scene { get; init; }

    public int Scenes { get; init; }

    /// <summary>The name above the phone on which it is to be seen.</summary>
    public string? On { get; init; }

    /// <summary>They stand in the message that is meant; the page keeps it in view.</summary>
    public string? Words { get; init; }

    /// <summary>The label of a button on that phone that the visitor may press in place of its owner.</summary>
    public string? Press { get; init; }

    /// <summary>Names above the phones that take part. Empty: all phones are shown.</summary>
    public IReadOnlyList<string> Cast { get; init; } = [];

    public IReadOnlyList<PageTry> Tries { get; init; } = [];

    /// <summary>Buttons beside the caption: a word for the program, and what stands on the button.</summary>
    public IReadOnlyList<(string Word, string Label)> Choices { get; init; } = [];
}

/// <summary>Something that a visitor may try.</summary>
/// <param name="On">The name above the phone.</param>
/// <param name="What">What it shows.</param>
/// <param name="Text">What is written there; a press puts it into the field.</param>
public sealed record PageTry(string On, string What, string Text);
