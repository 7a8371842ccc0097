using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Operations;
using AlertBot.Workflows.Texts;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace AlertBot.Desk.Operations;

/// <summary>What the page of operations reads.</summary>
public sealed partial class OperationsPage
{
    internal const string Address = "/console/operations";

    private const int MostLost = 50;
    private const int MostBackups = 10;

    private IReadOnlyList<WaitingMessages> _waiting = [];
    private IReadOnlyList<(ChannelKind Channel, DeliveryState State, long Count)> _states = [];
    private IReadOnlyList<LostAlert> _lost = [];
    private IReadOnlyList<JobRun> _jobs = [];
    private IReadOnlyList<KeptBackup> _backups = [];
    private IReadOnlyList<FigureDrawing> _figures = [];
    private IReadOnlyDictionary<PersonId, string> _people = new Dictionary<PersonId, string>();
    private (int Count, Instant? Oldest) _inbox;
    private (int Entries, AuditBreak? Break)? _checked;
    private Instant? _since;
    private int _entries;
    private int _failures;

    [Inject]
    public required LoadedSettings Settings { get; set; }

    [Inject]
    public required BackupPlace Place { get; set; }

    [Inject]
    public required CheckAudit Audit { get; set; }

    [SupplyParameterFromForm(FormName = "audit")]
    public string? Check { get; set; }

    protected override async Task ReadAsync(Session session)
    {
        _waiting = await session.Vitals.WaitingAsync();
        _states = await session.Vitals.DeliveriesAsync();
        _inbox = await session.Vitals.InboxAsync();
        _lost = await session.Outbox.LostAsync(session.Now - OutboxStore.AgainFor, MostLost);
        _people = await session.People.ShownAsync(_lost.Select(one => one.Person).OfType<PersonId>());
        _jobs = await session.JobRuns.AllAsync();
        _backups = await session.Backups.RecentAsync(MostBackups);
        _failures = await session.Backups.FailuresAsync();
        var hours = await session.Figures.HoursAsync(session.Now - KeepFigures.Shown);
        _figures = KeepFigures.Names.Select(name => FigureDrawing.Of(name, hours[name], session.Now)).OfType<FigureDrawing>().ToList();
        _since = await session.Audit.SinceAsync();
        _entries = await session.Audit.CountAsync();
        if (Check is not null)
            _checked = await Audit.RunAsync(session);
    }

    private string WhoIs(LostAlert one) => one is { Person: { } person, Role: { } role }
        ? T("desk.who", ("role", role), ("sign", _people.GetValueOrDefault(person) ?? PersonSign.Of(person)))
        : T("triage.group", ("title", TitleOf(one.Title, one.To)));

    private string WhyOf(LostAlert one) => one.Why is { } why && Texts.Has(TextCatalog.FallbackLanguage, "address.reason." + why)
        ? T("address.reason." + why)
        : T("desk.operations.lost-why", ("why", one.Why ?? ""));

    private string ValueOf(LoadedSetting one) => one switch
    {
        { IsSecret: true, Source: not SettingSource.Default } => T("desk.operations.secret-set"),
        { Value: { } value } => value,
        _ => T("desk.operations.not-set"),
    };

    // Only these are better at nothing.
    private static bool IsBad(FigureDrawing one) => one is { Name: "lost" or "overdue" or "jobs", Most.Most: > 0 };

    private string LineOf(FigureDrawing one) => T(
        "desk.operations.figure-line", ("now", ValueOf(one.Name, one.Latest)), ("most", ValueOf(one.Name, one.Most.Most)),
        ("at", one.Most.Hour.InZone(Me.Zone)));

    private string ValueOf(string name, double value) => name is "oldest" or "taken"
        ? Lasting(Duration.FromSeconds(value))
        : value.ToString("0", CultureInfo.InvariantCulture);
}
