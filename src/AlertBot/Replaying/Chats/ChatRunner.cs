using AlertBot.Domain.Channels;
using AlertBot.Domain.Jobs;
using AlertBot.Hosting;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying.Chats;

/// <summary>
/// Plays one night: the phones write and press, the program answers, and its jobs run as the clock advances. Only the time is simulated.
/// </summary>
public sealed class ChatRunner(Ground ground, Stage stage, ChatScenario scenario)
{
    // Jobs with intervals of seconds run this often on the virtual clock: finer than any policy in minutes, coarse enough for a long night.
    private static readonly Duration Tick = Duration.FromSeconds(30);

    private readonly SceneCast _cast = new(stage, scenario);
    private readonly List<ChatCheck> _checks = [];

    /// <param name="show">Called with each step and its check; the check is null if the step checks nothing.</param>
    public async Task<PlayedChat> RunAsync(Func<ChatStep, ChatCheck?, Task> show, CancellationToken ct)
    {
        await PrepareAsync(ct);
        await using var mail = new ChatMail(stage.All<IChannel>(), stage.Database, stage.Clock);
        await HandleAsync(_cast.Begin(), mail, ct);
        if (scenario.IsTelegramDown)
            stage.Sandbox.TakeTelegramDown();
        foreach (var step in scenario.Steps)
        {
            await PassUntilAsync(InstantOf(step.At), ct);
            var check = await PlayAsync(step, mail, ct);
            if (check is not null)
                _checks.Add(check);
            await show(step, check);
        }

        await PassUntilAsync(InstantOf(scenario.Until), ct);
        return new PlayedChat(scenario, _checks);
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var coordinator = await stage.ActorAsync(session, stage.Cast.Coordinator);
        await _cast.AddAsync(session);
        foreach (var one in scenario.Cases)
        {
            var content = one.Document.Read(ground.Law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).ToList()).Content
                ?? throw new OperatorProblem($"{scenario.Name}: the case {one.Code} cannot be read.");
            var file = await stage.Get<OpenCase>().RunAsync(
                session.As(coordinator), content.Names, one.Document.Jurisdictions, content.Zone, one.Code)
                ?? throw new OperatorProblem($"{scenario.Name}: the case code {one.Code} is used twice.");
            foreach (var follower in one.Followers)
            {
                if (await session.Addresses.FindAsync(_cast.AddressOf(follower)) is { } address)
                    await session.Subscriptions.AddAsync(file.Id, address.Id, coordinator.Id);
            }
        }

        await session.CommitAsync(ct);
    }

    // Advances the clock, and runs all that falls due on the way.
    private async Task PassUntilAsync(Instant moment, CancellationToken ct)
    {
        var jobs = stage.All<IRecurringJob>().ToList();
        while (stage.Clock.GetCurrentInstant() < moment)
        {
            stage.Clock.MoveTo(Instant.Min(moment, stage.Clock.GetCurrentInstant() + Tick));
            foreach (var job in jobs.Where(job => job.Schedule is JobSchedule.Every))
                await job.RunAsync(ct);
            await stage.DeliverAsync(ct);
        }
    }

    private async Task<ChatCheck?> PlayAsync(ChatStep step, ChatMail mail, CancellationToken ct)
    {
        switch (step)
        {
            case ChatStep.Says says:
                _cast.Phone(says.Who).Write(says.Text);
                await HandleAsync(1, mail, ct);
                return null;
            case ChatStep.Presses presses:
                return await PressAsync(presses, mail, ct);
            case ChatStep.Flood flood:
                await FloodAsync(flood, mail, ct);
                return null;
            case ChatStep.Sees sees:
                return await LookAsync(sees, ct);
            case ChatStep.Incidents incidents:
                return await CountAsync(incidents, ct);
            default:
                throw new InvalidOperationException("A step of an unknown kind.");
        }
    }

    private async Task HandleAsync(int updates, ChatMail mail, CancellationToken ct)
    {
        await mail.ExpectAsync(updates, ct);
        await stage.DeliverAsync(ct);
    }

    private async Task<ChatCheck?> PressAsync(ChatStep.Presses step, ChatMail mail, CancellationToken ct)
    {
        var phone = _cast.Phone(step.Who);
        var latest = InstantOf(step.At) + scenario.Patience;
        while (!phone.Choose(step.Button, step.In, ground.Texts))
        {
            if (stage.Clock.GetCurrentInstant() >= latest)
                return new ChatCheck(
                    step, false, "there is no such choice; the newest message: " + (phone.Read() is [.., var newest] ? newest : "none"));
            await PassUntilAsync(stage.Clock.GetCurrentInstant() + Tick, ct);
        }

        await HandleAsync(1, mail, ct);
        return null;
    }

    private async Task FloodAsync(ChatStep.Flood flood, ChatMail mail, CancellationToken ct)
    {
        var accounts = Enumerable.Range(1, flood.Accounts).Select(number => _cast.AddStranger($"Account {number}", "ru")).ToList();
        for (var report = 0; report < flood.Reports; report++)
            accounts[report % accounts.Count].Write(
                flood.Text.Replace("#", (report + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await HandleAsync(flood.Reports, mail, ct);
        await HandleAsync(accounts.Count(account => account.Choose("@report.send", null, ground.Texts)), mail, ct);
    }

    private async Task<ChatCheck> LookAsync(ChatStep.Sees step, CancellationToken ct)
    {
        var latest = InstantOf(step.At) + scenario.Patience;
        while (true)
        {
            var check = Look(step);
            if (check.Passed || step.Times == 0 || stage.Clock.GetCurrentInstant() >= latest)
                return check;
            await PassUntilAsync(stage.Clock.GetCurrentInstant() + Tick, ct);
        }
    }

    private ChatCheck Look(ChatStep.Sees step)
    {
        var messages = _cast.Phone(step.Who).Read();
        var found = messages.Where(one => step.Words.All(word => one.Contains(word, StringComparison.Ordinal))).ToList();
        if (step.Times is { } times ? found.Count == times : found.Count > 0)
            return new ChatCheck(step, true, $"{found.Count}");
        // Shows the message that should not be there, or else the messages that are there instead.
        var clue = found.Count > 0 ? $"they are: {string.Join(" | ", found)}" : $"the newest messages: {string.Join(" | ", messages.TakeLast(3))}";
        return new ChatCheck(step, false, $"{found.Count}; {clue}");
    }

    private async Task<ChatCheck> CountAsync(ChatStep.Incidents step, CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var count = (await session.Incidents.OpenAsync()).Count(incident => incident.Case is not null);
        return new ChatCheck(step, count == step.Count, $"{count}");
    }

    private Instant InstantOf(LocalDateTime local) => scenario.Zone.AtLeniently(local).ToInstant();
}
