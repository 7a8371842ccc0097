using System.Runtime.CompilerServices;
using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace AlertBot.Channels.Signal;

public sealed partial class SignalChannel
{
    private const int MostKeys = 4096;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly RecentKeys _told = new(MostKeys);
    private readonly SignalGroups _groups = new();
    private Self _self;
    private int _failures;
    private bool _saidForeign;

    public async IAsyncEnumerable<IncomingUpdate> ReceiveAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var (stream, trouble) = await ConnectAsync(ct);
            if (stream is null)
            {
                await PauseAsync(trouble, ct);
                continue;
            }

            var (since, end) = (_time.GetTimestamp(), "");

            // The stream must close before the pause: the daemon would fetch messages for a listener that is gone, and lose them.
            await using (stream)
            {
                while (end.Length == 0)
                {
                    switch (await stream.NextAsync(ct))
                    {
                        case StreamRead.Event { Data: var data }:
                            foreach (var update in await UnderstandAsync(data, ct))
                                yield return update;
                            break;
                        case StreamRead.TooLarge:
                            LogPassedOver("too large");
                            break;
                        case StreamRead.Ended { Reason: var reason }:
                            end = reason;
                            break;
                    }
                }
            }

            if (_time.GetElapsedTime(since) > LongestPause)
                _failures = 0;
            await PauseAsync(new Trouble(SignalState.Unreachable, 0, end), ct);
        }
    }

    /// <summary>Asks once whether the daemon would serve us, without receiving.</summary>
    public async Task<SignalState> ProbeAsync(CancellationToken ct) => (await LookAsync(ct)).Trouble?.State ?? SignalState.Receiving;

    private async Task<(EventStream? Stream, Trouble Trouble)> ConnectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var (trouble, groups) = await LookAsync(ct);
        if (trouble is { } known)
            return (null, known);

        // Must run before the stream opens: later news of groups is compared with this state.
        if (groups is not null && _groups.Begin(groups.Where(group => group is not null), _self) is { } uuid)
            _self = _self with { Uuid = uuid };

        switch (await _client.OpenEventsAsync(ct))
        {
            case SignalOutcome<EventStream>.Done { Result: var stream }:
                if (State != SignalState.Receiving)
                    LogReceiving();
                State = SignalState.Receiving;
                return (stream, default);

            // The daemon serves several accounts, and ours is not among them.
            case SignalOutcome<EventStream>.TurnedAway { Status: 400 }:
                return (null, new Trouble(SignalState.AccountUnknown, 400, "answer"));
            case var refused:
                return (null, TroubleOf(refused));
        }
    }

    /// <returns>The trouble, if any, and the account's groups if they could be read.</returns>
    private async Task<(Trouble? Trouble, GroupRecord[]? Groups)> LookAsync(CancellationToken ct)
    {
        var check = await _client.CheckAsync(ct);
        if (check is not SignalOutcome<bool>.Done)
            return (TroubleOf(check), null);

        var version = await _client.CallAsync("version", new RpcParams(), SignalJson.Default.VersionResponse, ct);
        if (version is not SignalOutcome<VersionResponse>.Done { Result.Version: var name })
            return (TroubleOf(version), null);
        if (IsTooOld(name))
            return (new Trouble(SignalState.TooOld, 0, "version"), null);

        return await _client.CallAsync("listGroups", new RpcParams(), SignalJson.Default.GroupRecordArray, ct) switch
        {
            SignalOutcome<GroupRecord[]>.Done { Result: var groups } => (null, groups),
            SignalOutcome<GroupRecord[]>.Failed { Why.IsOfAccount: true } unknown => (TroubleOf(unknown), null),

            // A daemon that cannot list groups may still deliver messages.
            _ => (null, null),
        };
    }

    // A private build may call itself anything, so an unknown version counts as new enough.
    private static bool IsTooOld(string? version) =>
        Version.TryParse(version?.Split('-', '+')[0], out var parsed) && parsed < SignalSettings.OldestDaemon;

    private static Trouble TroubleOf<T>(SignalOutcome<T> outcome) => outcome switch
    {
        SignalOutcome<T>.TurnedAway { Status: 421 } => new Trouble(SignalState.NameRefused, 421, "answer"),
        SignalOutcome<T>.TurnedAway { Status: >= 400 and < 500 and var status } => new Trouble(SignalState.NotSignalCli, status, "answer"),
        SignalOutcome<T>.TurnedAway { Status: var status } => new Trouble(SignalState.Unreachable, status, "answer"),
        SignalOutcome<T>.Failed { Why: { IsOfAccount: true, Code: var code } } => new Trouble(SignalState.AccountUnknown, code, "answer"),
        SignalOutcome<T>.Failed { Why.Code: var code } => new Trouble(SignalState.Unreachable, code, "answer"),
        SignalOutcome<T>.NotSent not => new Trouble(SignalState.Unreachable, 0, not.Reason),
        SignalOutcome<T>.Unclear { Reason: "unreadable_answer" } => new Trouble(SignalState.NotSignalCli, 0, "unreadable_answer"),
        SignalOutcome<T>.Unclear unclear => new Trouble(SignalState.Unreachable, 0, unclear.Reason),
        _ => new Trouble(SignalState.Unreachable, 0, ""),
    };

    private async Task<IReadOnlyList<IncomingUpdate>> UnderstandAsync(byte[] data, CancellationToken ct)
    {
        var understood = SignalUpdates.Read(data, _self);
        if (understood.IsUnreadable)
            LogPassedOver("unreadable");
        if (understood.IsPart)
            LogReadInPart();
        if (understood.IsForeign && !_saidForeign)
        {
            _saidForeign = true;
            LogForeign();
        }

        var told = new List<IncomingUpdate>();
        Tell(understood.Introduction);
        if (ToLookAt(understood) is { } group)
            Tell(await LookAsync(group, ct));
        Tell(understood.Update is { About: { } about } update && SignalRef.Read(about) is { Author: null } ours
            ? update with { About = new SignalRef(null, _edits.OriginalOf(ours.SentAt)).ToMessageRef() }
            : understood.Update);
        return told;

        void Tell(IncomingUpdate? one)
        {
            if (one is not null && _told.Add(one.Key))
                told.Add(one);
        }
    }

    private SignalAddress? ToLookAt(Understood understood) => understood.ChangedGroup
        ?? (understood.Update is { ChatKind: ChatKind.Group } said && new SignalAddress(said.Chat.Value) is var group
            && !_groups.Knows(group) ? group : null);

    // A failure to look up the group must not hold up what somebody wrote in it.
    private async Task<IncomingUpdate?> LookAsync(SignalAddress group, CancellationToken ct)
    {
        try
        {
            return await LookAtAsync(group, ct);
        }
        catch (Exception odd) when (ReadableParts.IsUnreadable(odd))
        {
            LogPassedOver("unreadable");
            return null;
        }
    }

    private async Task<IncomingUpdate?> LookAtAsync(SignalAddress group, CancellationToken ct)
    {
        var now = await FindAsync(group, ct);
        if (now is not null && SignalGroups.IsInvited(now, _self))
        {
            // An empty change of the group accepts the invitation.
            if (!IsDone(
                await _client.CallAsync("updateGroup", new RpcParams { GroupId = group.GroupId }, SignalJson.Default.JsonElement, ct), "updateGroup"))
                return null;
            now = await FindAsync(group, ct);
        }

        return now is not null && _groups.Look(group, now, _self) is { } change
            ? new IncomingUpdate($"group-{Guid.CreateVersion7():N}", group.ToChannelAddress(), ChatKind.Group, null)
            {
                Change = change,
                IsAddressed = change is not ChatChange.MembersJoined,
            }
            : null;
    }

    private async Task<GroupRecord?> FindAsync(SignalAddress group, CancellationToken ct) =>
        await _client.CallAsync("listGroups", new RpcParams { GroupId = group.GroupId }, SignalJson.Default.GroupRecordArray, ct)
            is SignalOutcome<GroupRecord[]>.Done { Result: var found }
            ? found.FirstOrDefault(one => one?.Id == group.GroupId)
            : null;

    private async Task PauseAsync(Trouble trouble, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _failures++;
        var pause = trouble.State is SignalState.Unreachable ? Growing() : LongestPause;

        // Logged once per trouble: a night-long outage must not fill the disk.
        if (trouble.State != State)
            LogTrouble(trouble.State, trouble.Code, trouble.Reason, pause.TotalSeconds);
        else
            LogTroubleGoesOn(trouble.State, trouble.Code, trouble.Reason, _failures);

        State = trouble.State;
        await Task.Delay(pause, _time, ct);
    }

    // Several programs may wait for one daemon, so each adds a random part.
    private TimeSpan Growing() => TimeSpan.FromSeconds(
        Math.Min(LongestPause.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(_failures - 1, 8)) * (0.75 + Random.Shared.NextDouble() / 2)));

    private readonly record struct Trouble(SignalState State, int Code, string Reason);

    [LoggerMessage(LogLevel.Information, "Receiving from Signal")]
    private partial void LogReceiving();

    [LoggerMessage(LogLevel.Warning, "Signal: {State} (code {Code}, {Reason}); next try in {Seconds} s")]
    private partial void LogTrouble(SignalState state, int code, string reason, double seconds);

    [LoggerMessage(LogLevel.Debug, "Signal: still {State} (code {Code}, {Reason}), {Failures} times")]
    private partial void LogTroubleGoesOn(SignalState state, int code, string reason, int failures);

    [LoggerMessage(LogLevel.Error, "An event from Signal is {Why} and is passed over")]
    private partial void LogPassedOver(string why);

    [LoggerMessage(LogLevel.Warning, "An event from Signal has parts that cannot be read; what can be is handled")]
    private partial void LogReadInPart();

    [LoggerMessage(
        LogLevel.Warning, "The daemon of signal-cli speaks for another account too, whose events are passed over; is Signal__Account right?")]
    private partial void LogForeign();
}
