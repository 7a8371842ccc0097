namespace AlertBot.Sandbox.Page;

/// <summary>What the page says above the phones: a scene of a story, or suggestions for the visitor.</summary>
/// <param name="Caption">What happens now, in a sentence or two.</param>
public sealed record PageStory(string Caption)
{
    /// <summary>The scene's number from 1; 0 outside a story.</summary>
    public int Scene { get; init; }

    public int Scenes { get; init; }

    /// <summary>The name above the phone to look at.</summary>
    public string? On { get; init; }

    /// <summary>Words of the message to look at, which the page keeps in view.</summary>
    public string? Words { get; init; }

    /// <summary>The label of a button on that phone that the visitor may press for its owner.</summary>
    public string? Press { get; init; }

    /// <summary>Names above the phones that take part. Empty: all phones.</summary>
    public IReadOnlyList<string> Cast { get; init; } = [];

    public IReadOnlyList<PageTry> Tries { get; init; } = [];

    /// <summary>Buttons beside the caption: a word for the program, and the button's label.</summary>
    public IReadOnlyList<(string Word, string Label)> Choices { get; init; } = [];
}

/// <summary>A suggestion for the visitor.</summary>
/// <param name="On">The name above the phone.</param>
/// <param name="What">What it shows.</param>
/// <param name="Text">The text to send; a press puts it into the field.</param>
public sealed record PageTry(string On, string What, string Text);
