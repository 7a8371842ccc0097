using System.Globalization;
using AlertBot.Domain.People;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>One act in one transaction, with the messages that it sends. Nothing of it remains without <see cref="CommitAsync"/>.</summary>
public sealed class Session : IAsyncDisposable
{
    private const string Savepoint = "before_work";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly Access _access;
    private readonly SentJournal? _journal;
    private readonly Wakeups? _here;
    private int _made;

    internal Session(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Vault vault, IClock clock, CancellationToken ct, SentJournal? journal = null,
        Wakeups? here = null)
    {
        var access = new Access(connection, transaction, vault, clock.GetCurrentInstant, ct) { Node = here?.Node };
        (_connection, _transaction, _access, _journal, _here) = (connection, transaction, access, journal, here);
        People = new PersonStore(access);
        Addresses = new AddressStore(access);
        Invites = new InviteStore(access);
        Inbox = new InboxStore(access);
        Conversations = new ConversationStore(access);
        Cases = new CaseStore(access);
        Deadlines = new DeadlineStore(access);
        EventChanges = new EventChangeStore(access);
        Subscriptions = new SubscriptionStore(access);
        Alerts = new AlertStore(access);
        Outbox = new OutboxStore(access);
        JobRuns = new JobRunStore(access);
        LawVersions = new LawVersionStore(access);
        Audit = new AuditStore(access);
        WrongCodes = new WrongCodeStore(access);
        Reports = new ReportStore(access);
        ReportFiles = new ReportFileStore(access);
        Incidents = new IncidentStore(access);
        OnCall = new OnCallStore(access);
        Rhythms = new RhythmStore(access);
        CalendarFeeds = new CalendarFeedStore(access);
        GroupGrowths = new GroupGrowthStore(access);
        AccountJoinings = new AccountJoiningStore(access);
        Fallbacks = new FallbackStore(access);
        Offers = new OfferStore(access);
        CheckIns = new CheckInStore(access);
        Challenges = new ChallengeStore(access);
        KeyChanges = new KeyChangeStore(access);
        NewPeople = new NewPeopleStore(access);
        SignInLinks = new SignInLinkStore(access);
        ConsoleSessions = new ConsoleSessionStore(access);
        FormKeys = new FormKeyStore(access);
        KeyParts = new KeyPartStore(access);
        Backups = new BackupStore(access);
        Vitals = new VitalsStore(access);
        Muted = new MutedStore(access);
        Wipes = new WipeStore(access);
        Retention = new RetentionStore(access);
        Drills = new DrillStore(access);
        Desk = new DeskStore(access);
        Imports = new ImportStore(access);
        Figures = new FigureStore(access);
        ApiTokens = new ApiTokenStore(access);
        ApiAnswers = new ApiAnswerStore(access);
        Pages = new PageStore(access);
        Webhooks = new WebhookStore(access);
        Ahead = new AheadStore(access);
        Damaged = new DamagedRowStore(access);
    }

    /// <summary>The time when the act first asked for it, which all its writes use.</summary>
    public Instant Now => _access.Now;

    /// <summary>The person or machine that acts. Each act checks the role that it needs.</summary>
    public Actor Actor { get; private set; } = Actor.Nobody;

    public PersonStore People { get; }

    public AddressStore Addresses { get; }

    public InviteStore Invites { get; }

    public InboxStore Inbox { get; }

    public ConversationStore Conversations { get; }

    public CaseStore Cases { get; }

    public DeadlineStore Deadlines { get; }

    public EventChangeStore EventChanges { get; }

    public SubscriptionStore Subscriptions { get; }

    public AlertStore Alerts { get; }

    public OutboxStore Outbox { get; }

    public JobRunStore JobRuns { get; }

    public LawVersionStore LawVersions { get; }

    public AuditStore Audit { get; }

    public WrongCodeStore WrongCodes { get; }

    public ReportStore Reports { get; }

    public ReportFileStore ReportFiles { get; }

    public IncidentStore Incidents { get; }

    public OnCallStore OnCall { get; }

    public RhythmStore Rhythms { get; }

    public CalendarFeedStore CalendarFeeds { get; }

    public GroupGrowthStore GroupGrowths { get; }

    public AccountJoiningStore AccountJoinings { get; }

    public FallbackStore Fallbacks { get; }

    public OfferStore Offers { get; }

    public CheckInStore CheckIns { get; }

    public ChallengeStore Challenges { get; }

    public KeyChangeStore KeyChanges { get; }

    public NewPeopleStore NewPeople { get; }

    public SignInLinkStore SignInLinks { get; }

    public ConsoleSessionStore ConsoleSessions { get; }

    public FormKeyStore FormKeys { get; }

    public KeyPartStore KeyParts { get; }

    public BackupStore Backups { get; }

    public VitalsStore Vitals { get; }

    /// <summary>Sets who acts from here on: in a chat the person is unknown until the session has looked.</summary>
    public Session As(Actor actor)
    {
        (Actor, _access.Token) = (actor, actor.Token?.Value);
        return this;
    }

    public MutedStore Muted { get; }

    public WipeStore Wipes { get; }

    public RetentionStore Retention { get; }

    public DrillStore Drills { get; }

    public DeskStore Desk { get; }

    public ImportStore Imports { get; }

    public FigureStore Figures { get; }

    public ApiTokenStore ApiTokens { get; }

    public ApiAnswerStore ApiAnswers { get; }

    public PageStore Pages { get; }

    public WebhookStore Webhooks { get; }

    public AheadStore Ahead { get; }

    public DamagedRowStore Damaged { get; }

    /// <summary>Puts questions that do not wait for each other's answers, on one way to the database and back.</summary>
    public Task AskAsync(params IEnumerable<Question> questions) => _access.AskAsync(questions);

    /// <summary>Commits the act and wakes whoever waits for new rows in inbox and outbox.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        // That it cannot be kept must not undo the act: what is still damaged is passed over again, and kept then.
        if (Damaged.IsAny)
            await TryAsync(Damaged.KeepAsync, ct);
        try
        {
            await _access.CommitAsync(ct);
        }
        finally
        {
            // Also when nobody knows whether it is committed: who is woken for nothing looks once.
            foreach (var name in _access.Woken)
                _here?.Raise(name);
        }

        _journal?.Add(Now, Outbox.Sent);
    }

    /// <summary>
    /// Does work that may fail. A failure undoes only this work, and the act continues. A temporary failure (a deadlock, a database
    /// that stops) is thrown on, so that the whole act is tried again.
    /// </summary>
    /// <returns>Null on success.</returns>
    public async Task<Exception?> TryAsync(Func<Task> work, CancellationToken ct)
    {
        // No name comes twice: a statement that never left takes its savepoint with it, and one of before would be gone back to.
        var savepoint = string.Create(CultureInfo.InvariantCulture, $"{Savepoint}_{_made++}");
        var begin = $"savepoint {savepoint}";
        _access.Ahead(begin);
        try
        {
            await work();
            // What fails of it must fail here, and not with whatever comes after it.
            await _access.FlushAsync(begin);
            if (!_access.TakeBack(begin))
                _access.Ahead($"release savepoint {savepoint}");
            return null;
        }
        catch (Exception failure) when (
            failure is not NpgsqlException { IsTransient: true } && !ct.IsCancellationRequested
            && _connection.State == System.Data.ConnectionState.Open)
        {
            if (!_access.TakeBack(begin))
                await GoBackAsync(savepoint, ct);
            return failure;
        }
    }

    private async Task GoBackAsync(string savepoint, CancellationToken ct)
    {
        _access.TakeBack();
        await _connection.ExecuteAsync(
            new CommandDefinition($"rollback to savepoint {savepoint}", transaction: _transaction, cancellationToken: ct));
        _access.Ahead($"release savepoint {savepoint}");
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
