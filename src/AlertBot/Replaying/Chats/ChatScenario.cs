using AlertBot.Domain.Cases;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying.Chats;

/// <summary>
/// A night as its people type it, each on a phone of the sandbox: witnesses, advocates, coordinators. It says what each of
/// them must see. A file of <c>config/scenarios</c> that has a <c>script</c>.
/// </summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Zone">The zone of the times in the script.</param>
/// <param name="People">Beside those whom every replay has.</param>
/// <param name="Until">When the night is over; nothing is played after it.</param>
public sealed record ChatScenario(
    string Name, string Title, string Source, DateTimeZone Zone, IReadOnlyList<ChatPerson> People, IReadOnlyList<ChatCase> Cases,
    IReadOnlyList<ChatStep> Steps, LocalDateTime Until)
{
    /// <summary>Names of people and groups who have Signal and nothing else.</summary>
    public IReadOnlyList<string> OnSignal { get; init; } = [];

    /// <summary>Names of people who have both, and were on Telegram first.</summary>
    public IReadOnlyList<string> OnBoth { get; init; } = [];

    /// <summary>True: nothing reaches Telegram, all night.</summary>
    public bool IsTelegramDown { get; init; }

    /// <summary>The most by which something may appear later than the script says.</summary>
    public Duration Patience { get; init; } = Duration.Zero;

    public override string ToString() => $"(chat scenario {Name})";
}

/// <summary>Somebody with a phone and no role.</summary>
public sealed record ChatPerson(string Name, string Language);

/// <param name="Followers">Names of people and groups who hear of it.</param>
public sealed record ChatCase(CaseCode Code, CaseDocument Document, IReadOnlyList<string> Followers);

/// <summary>Something that is done, or must be seen, at a given time.</summary>
/// <param name="Line">In the file.</param>
public abstract record ChatStep(long Line, LocalDateTime At)
{
    public sealed record Says(long Line, LocalDateTime At, string Who, string Text) : ChatStep(Line, At)
    {
        public override string ToString() => $"{Who} writes";
    }

    /// <param name="Button">Its label; <c>@</c> and a key of the texts: whatever it is called in their language.</param>
    /// <param name="In">Words of the message under which the button hangs; null: the newest one that has such a button.</param>
    /// <param name="Where">The group in which it hangs; null: the private chat.</param>
    public sealed record Presses(long Line, LocalDateTime At, string Who, string Button, string? In, string? Where) : ChatStep(Line, At)
    {
        public override string ToString() => $"{Who} presses [{Button}]";
    }

    /// <summary>Many reports at once, from accounts that nobody knows.</summary>
    public sealed record Flood(long Line, LocalDateTime At, int Reports, int Accounts, string Text) : ChatStep(Line, At)
    {
        public override string ToString() => $"{Accounts} accounts send {Reports} reports";
    }

    /// <summary>A message with all these words stands in the chat.</summary>
    /// <param name="Times">How many messages have them; null: at least one.</param>
    public sealed record Sees(long Line, LocalDateTime At, string Who, IReadOnlyList<string> Words, int? Times, string? Why) : ChatStep(Line, At)
    {
        public override string ToString() => Why ?? $"{Who} sees {string.Join(" + ", Words)}{(Times is { } times ? $" {times} times" : "")}";
    }

    /// <summary>So many incidents of registered people are on file.</summary>
    public sealed record Incidents(long Line, LocalDateTime At, int Count, string? Why) : ChatStep(Line, At)
    {
        public override string ToString() => Why ?? $"{Count} incidents of registered people";
    }
}

/// <summary>Whether something was as it must be, and what was found.</summary>
public sealed record ChatCheck(ChatStep Step, bool Passed, string Found);

/// <summary>How one night went.</summary>
public sealed record PlayedChat(ChatScenario Scenario, IReadOnlyList<ChatCheck> Checks)
{
    public bool Passed => Checks.All(check => check.Passed);
}
