using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Webhooks;

/// <summary>A program that is told when something happens. Prints as a mask.</summary>
/// <param name="Secret">With it the program checks that a call comes from here.</param>
public sealed record Webhook(WebhookId Id, Uri Url, string Secret, IReadOnlyList<WebhookKind> Kinds, Instant MadeAt)
{
    /// <summary>The code of why it is switched off when its maker was suspended or got another role, as the database's trigger writes it.</summary>
    public const string OffWithItsMaker = "maker";

    public PersonId? MadeBy { get; init; }

    /// <summary>When it last took a call; null: never.</summary>
    public Instant? AnsweredAt { get; init; }

    /// <summary>Since when it takes no call; null: it takes them.</summary>
    public Instant? FailingSince { get; init; }

    /// <summary>Code of what went wrong with the last call.</summary>
    public string? FailedWhy { get; init; }

    public bool IsOff { get; init; }

    public override string ToString() => "(webhook)";
}

public readonly record struct WebhookId(Guid Value)
{
    public static WebhookId New() => new(Guid.CreateVersion7());
}

/// <summary>Of what a webhook is told.</summary>
public enum WebhookKind
{
    /// <summary>People were alerted of a case or an incident.</summary>
    Alert,

    /// <summary>Something was done about an incident.</summary>
    Incident,

    /// <summary>A fact was put on the file of a case.</summary>
    Fact,
}

/// <summary>One thing that happened, for one webhook: codes only.</summary>
/// <param name="Id">The same in each repetition, so that the program can leave out what it has.</param>
/// <param name="What">Code of the alert's kind, of what was done, or of the event's kind.</param>
/// <param name="Attempts">This one included.</param>
public sealed record WebhookCall(
    Guid Id, WebhookId To, WebhookKind Kind, string What, string? Severity, string? Case, string? Incident, Instant At, int Attempts)
{
    /// <summary>After this long nobody is told of it any more.</summary>
    public static readonly Duration WorthSendingFor = Duration.FromHours(24);

    /// <summary>How long to wait after so many failures.</summary>
    public static Duration WaitAfter(int attempts) => attempts switch
    {
        <= 1 => Duration.FromSeconds(10),
        2 => Duration.FromSeconds(30),
        3 => Duration.FromMinutes(2),
        4 => Duration.FromMinutes(10),
        5 => Duration.FromMinutes(30),
        _ => Duration.FromHours(1),
    };
}
