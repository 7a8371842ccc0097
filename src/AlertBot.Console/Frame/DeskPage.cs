using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AlertBot.Desk.Frame;

/// <summary>A page of a signed-in person. It is read in one transaction as that person, and says everything in their language and zone.</summary>
public abstract class DeskPage : ComponentBase
{
    private static readonly Duration OneLook = Duration.FromMinutes(15);

    private SignedInNow? _now;

    [Inject]
    public required TextCatalog Texts { get; set; }

    [Inject]
    public required ConsoleSessions Sessions { get; set; }

    [Inject]
    public required Database Database { get; set; }

    [Inject]
    public required UnreadableRows Unreadable { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    protected internal Person Me => _now!.Person;

    protected internal string Language => Me.Language;

    /// <summary>The time at which the page was read.</summary>
    protected internal Instant Now => _now!.At;

    /// <summary>Whether there is something to show; the framework refuses everybody who is not signed in.</summary>
    protected bool IsRead => _now is not null;

    protected bool IsOwner => Me.MayActAs(Role.Owner);

    // Before anything is drawn: the framework would draw a page at the first wait of its reading, with half of what it shows.
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await OpenAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    private async Task OpenAsync()
    {
        var isAct = HttpMethods.IsPost(Context.Request.Method);
        if ((isAct ? await Sessions.FindAgainAsync(Context) : await Sessions.FindAsync(Context)) is not { Person: var person })
            return;

        await using var session = await Database.BeginAsync(Actor.Of(person), Context.RequestAborted);
        IsReadBy(person, session.Now);
        await ReadAsync(session);
        // Looking at a name leaves an entry in the audit log.
        await session.CommitAsync(Context.RequestAborted);
    }

    protected abstract Task ReadAsync(Session session);

    /// <summary>Who reads the page, and when.</summary>
    protected void IsReadBy(Person person, Instant at) => _now = new SignedInNow(person, at);

    /// <summary>
    /// Whether this person's look at it stands in the audit log already. A page that renews itself is one look, however often it does.
    /// </summary>
    protected Task<bool> WasReadAsync(Session session, AuditAct act, Guid subject) =>
        session.Audit.HasAsync(subject, act, Me.Id, session.Now - OneLook);

    /// <summary>The page stays empty, and its status says that there is nothing of that name.</summary>
    protected void NotFound() => Context.Response.StatusCode = StatusCodes.Status404NotFound;

    /// <summary>After an act: the browser asks for the next page by itself, and asking again repeats nothing.</summary>
    protected void GoTo(string address)
    {
        Context.Response.StatusCode = StatusCodes.Status303SeeOther;
        Context.Response.Headers.Location = address;
    }

    protected internal string T(string key, params (string Name, object Value)[] arguments) => Texts.Plain(Language, key, arguments);

    protected internal RichText Rich(string key, params (string Name, object Value)[] arguments) => Texts.Say(Language, key, arguments);

    /// <summary>A moment by the reader's clock.</summary>
    protected internal string At(Instant at) => T("desk.moment", ("at", at.InZone(Me.Zone)));

    /// <summary>The hour and minute of a moment that is near, by the reader's clock.</summary>
    protected string Hour(Instant at) => DateWords.Time(at.InZone(Me.Zone).TimeOfDay);

    /// <summary>What a group calls itself. Where that does not open, the page says so, and the log says of which one.</summary>
    protected internal string TitleOf(Title title, AddressId group)
    {
        if (title.Text is { } text)
            return text;
        Unreadable.Say("The title of a group", group.Value);
        return T("desk.unreadable");
    }

    protected string Lasting(Duration length) => new DateWords(Texts, Language).Lasting(length);

    private sealed record SignedInNow(Person Person, Instant At);
}
