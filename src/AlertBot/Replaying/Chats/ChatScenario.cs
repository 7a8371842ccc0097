using AlertBot.Domain.Cases;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying.Chats;

/// <summary>
/// One night as its people type it, each on a phone of the sandbox: witnesses, advocates, coordinators. It says what each of
/// them must see. Read from a file of <c>config/scenarios</c> that has a <c>script</c>.
/// </summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Zone">The zone of the times in the script.</param>
/// <param name="People">The people beside the cast of every replay.</param>
/// <param name="Until">The end of the night; nothing is played after it.</param>
public sealed record ChatScenario(
    string Name, string Title, string Source, DateTimeZone Zone, IReadOnlyList<ChatPerson> People, IReadOnlyList<ChatCase> Cases,
    IReadOnlyList<ChatStep> Steps, LocalDateTime Until)
{
    /// <summary>Names of people and groups who have only Signal.</summary>
    public IReadOnlyList<string> OnSignal { get; init; } = [];

    /// <summary>Names of people who have both messengers, and used Telegram first.</summary>
    public IReadOnlyList<string> OnBoth { get; init; } = [];

    /// <summary>True: nothing reaches Telegram during this night.</summary>
    public bool IsTelegramDown { get; init; }

    /// <summary>The longest delay with which a message may still appear.</summary>
    public Duration Patience { get; init; } = Duration.Zero;

    public override string ToString() => $"(chat scenario {Name})";
}

/// <summary>A person with a phone and without a role.</summary>
public sealed record ChatPerson(string Name, string Language);

/// <param name="Followers">Names of the people and groups who follow it.</param>
public sealed record ChatCase(CaseCode Code, CaseDocument Document, IReadOnlyList<string> Followers);

/// <summary>An action or a check at a given time.</summary>
/// <param name="Line">The line in the file.</param>
public abstract record ChatStep(long Line, LocalDateTime At)
{
    public sealed record Says(long Line, LocalDateTime At, string Who, string Text) : ChatStep(Line, At)
    {
        public override string ToString() => $"{Who} writes";
    }

    /// <param name="Button">Its label, or <c>@</c> and the key of its text, which is then read in the person's language.</param>
    /// <param name="In">Words of the message with the button; null: the newest message that has such a button.</param>
    /// <param name="Where">The group with the message; null: the private chat.</param>
    public sealed record Presses(long Line, LocalDateTime At, string Who, string Button, string? In, string? Where) : ChatStep(Line, At)
    {
        public override string ToString() => $"{Who} presses [{Button}]";
    }

    /// <summary>Many reports at once, from unknown accounts.</summary>
    public sealed record Flood(long Line, LocalDateTime At, int Reports, int Accounts, string Text) : ChatStep(Line, At)
    {
        public override string ToString() => $"{Accounts} accounts send {Reports} reports";
    }

    /// <summary>A message with all these words stands in the chat.</summary>
    /// <param name="Times">How many messages must have them; null: at least one.</param>
    public sealed record Sees(long Line, LocalDateTime At, string Who, IReadOnlyList<string> Words, int? Times, string? Why) : ChatStep(Line, At)
    {
        public override string ToString() => Why ?? $"{Who} sees {string.Join(" + ", Words)}{(Times is { } times ? $" {times} times" : "")}";
    }

    /// <summary>The number of registered people's incidents is as given.</summary>
    public sealed record Incidents(long Line, LocalDateTime At, int Count, string? Why) : ChatStep(Line, At)
    {
        public override string ToString() => Why ?? $"{Count} incidents of registered people";
    }
}

/// <summary>Whether a step's expectation held, and what was found.</summary>
public sealed record ChatCheck(ChatStep Step, bool Passed, string Found);

/// <summary>The result of one night.</summary>
public sealed record PlayedChat(ChatScenario Scenario, IReadOnlyList<ChatCheck> Checks)
{
    public bool Passed => Checks.All(check => check.Passed);
}
