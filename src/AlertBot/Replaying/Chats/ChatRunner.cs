using AlertBot.Channels.Telegram;
using AlertBot.Domain.Jobs;
using AlertBot.Hosting;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying.Chats;

/// <summary>
/// Plays one night: the phones write and press, the program answers, its jobs run as the clock goes on. Nothing is simulated but
/// the time.
/// </summary>
public sealed class ChatRunner(Ground ground, Stage stage, ChatScenario scenario)
{
    // Jobs of seconds run this often on the virtual clock: finer than any policy of minutes, coarse enough for a long night.
    private static readonly Duration Tick = Duration.FromSeconds(30);

    private readonly Dictionary<string, SandboxPhone> _phones = new(StringComparer.Ordinal);
    private readonly List<ChatCheck> _checks = [];

    /// <param name="show">Told of each step, with whether it passed; null: nothing was checked.</param>
    public async Task<PlayedChat> RunAsync(Func<ChatStep, ChatCheck?, Task> show, CancellationToken ct)
    {
        await PrepareAsync(ct);
        await using var mail = new ChatMail(stage.Get<TelegramChannel>(), stage.Database, stage.Clock);
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
        foreach (var phone in new[] { stage.Cast.Reporter, stage.Cast.Coordinator, stage.Cast.SecondCoordinator }.Concat(stage.Cast.Advocates))
            _phones[phone.Name] = phone;
        foreach (var person in scenario.People)
            _phones[person.Name] = stage.Sandbox.AddPerson(person.Name, person.Language, "reporter", scenario.Zone, onPage: true);

        await using var session = await stage.Database.BeginAsync(ct);
        var coordinator = await stage.ActorAsync(session, stage.Cast.Coordinator);
        foreach (var one in scenario.Cases)
        {
            var content = one.Document.Read(ground.Law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).ToList()).Content
                ?? throw new OperatorProblem($"{scenario.Name}: the case {one.Code} cannot be read.");
            var file = await OpenCase.RunAsync(
                session, content.Names, one.Document.Jurisdictions, content.Zone, coordinator, stage.Clock.GetCurrentInstant(), one.Code)
                ?? throw new OperatorProblem($"{scenario.Name}: the case code {one.Code} is used twice.");
            foreach (var follower in one.Followers)
            {
                if (await session.Addresses.FindAsync(AddressOf(follower)) is { } address)
                    await session.Subscriptions.AddAsync(file.Id, address.Id, coordinator.Id, stage.Clock.GetCurrentInstant());
            }
        }

        await session.CommitAsync(ct);
    }

    // Everything that goes by the clock happens on its way.
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
                Phone(says.Who).SendText(says.Text);
                await HandleAsync(1, mail, ct);
                return null;
            case ChatStep.Presses presses:
                return await PressAsync(presses, mail, ct);
            case ChatStep.Flood flood:
                await FloodAsync(flood, mail, ct);
                return null;
            case ChatStep.Sees sees:
                return Look(sees);
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
        var phone = Phone(step.Who);
        var chat = step.Where is null ? phone.Chat : stage.Cast.Group.Chat;
        var label = step.Button.StartsWith('@') ? ground.Texts.Plain(ground.Texts.Languages.Choose(phone.Language), step.Button[1..]) : step.Button;
        var message = chat.Messages.LastOrDefault(one => one.IsFromBot && (step.In is null || one.Text.Contains(step.In, StringComparison.Ordinal))
            && one.AllButtons.Any(button => button.Text == label));
        if (message is null)
            return new ChatCheck(step, false, "there is no such button; the newest message: " + (chat.Messages.LastOrDefault(one => one.IsFromBot)?.Text ?? "none"));

        phone.Press(message, label);
        await HandleAsync(1, mail, ct);
        return null;
    }

    private async Task FloodAsync(ChatStep.Flood flood, ChatMail mail, CancellationToken ct)
    {
        var accounts = Enumerable.Range(1, flood.Accounts).Select(number => stage.Sandbox.AddPerson($"Account {number}", "ru")).ToList();
        for (var report = 0; report < flood.Reports; report++)
            accounts[report % accounts.Count].SendText(flood.Text.Replace("#", (report + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await HandleAsync(flood.Reports, mail, ct);

        var send = ground.Texts.Plain("ru", "report.send");
        var sends = 0;
        foreach (var account in accounts)
        {
            if (account.Messages.LastOrDefault(one => one.IsFromBot && one.AllButtons.Any(button => button.Text == send)) is not { } message)
                continue;
            account.Press(message, send);
            sends++;
        }

        await HandleAsync(sends, mail, ct);
    }

    private ChatCheck Look(ChatStep.Sees step)
    {
        var messages = (step.Who == stage.Cast.Group.Title ? stage.Cast.Group.Messages : Phone(step.Who).Messages).Where(one => one.IsFromBot).ToList();
        var found = messages.Count(one => step.Words.All(word => one.Text.Contains(word, StringComparison.Ordinal)));
        var passed = step.Times is { } times ? found == times : found > 0;
        return new ChatCheck(step, passed, passed ? $"{found}" : $"{found}; the newest messages: {string.Join(" | ", messages.TakeLast(3).Select(one => one.Text))}");
    }

    private async Task<ChatCheck> CountAsync(ChatStep.Incidents step, CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var count = (await session.Incidents.OpenAsync()).Count(incident => incident.Case is not null);
        return new ChatCheck(step, count == step.Count, $"{count}");
    }

    private SandboxPhone Phone(string name) => _phones.TryGetValue(name, out var phone)
        ? phone
        : throw new OperatorProblem($"{scenario.Name}: nobody is called '{name}'; there are: {string.Join(", ", _phones.Keys)}");

    private Domain.Channels.ChannelAddress AddressOf(string name) =>
        name == stage.Cast.Group.Title ? stage.Cast.Group.Address : Phone(name).Address;

    private Instant InstantOf(LocalDateTime local) => scenario.Zone.AtLeniently(local).ToInstant();
}
