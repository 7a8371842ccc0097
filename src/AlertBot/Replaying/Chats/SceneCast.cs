using AlertBot.Domain.Channels;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;

namespace AlertBot.Replaying.Chats;

/// <summary>Gives everybody in a night the phone that the script names, and stores its address.</summary>
internal sealed class SceneCast(Stage stage, ChatScenario scenario)
{
    private readonly Dictionary<string, ScenePhone> _phones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChannelAddress> _addresses = new(StringComparer.Ordinal);
    private readonly List<SandboxSignalPhone> _beginners = [];

    /// <exception cref="OperatorProblem">The script names somebody who is not in the night.</exception>
    public ScenePhone Phone(string name) => _phones.TryGetValue(name, out var phone) ? phone : throw Unknown(name);

    /// <exception cref="OperatorProblem">The script names somebody who is not in the night.</exception>
    public ChannelAddress AddressOf(string name) => _addresses.TryGetValue(name, out var address) ? address : throw Unknown(name);

    /// <summary>Lets everybody with a role and Signal write to the bot once, as people do who want its messages there.</summary>
    public int Begin()
    {
        foreach (var phone in _beginners)
            phone.SendText("/help");
        return _beginners.Count;
    }

    public async Task AddAsync(Session session)
    {
        foreach (var phone in stage.Cast.Advocates.Concat([stage.Cast.Coordinator, stage.Cast.SecondCoordinator]))
            await AddAsync(session, phone, hasRole: true);
        await AddAsync(session, stage.Cast.Reporter, hasRole: false);
        foreach (var person in scenario.People)
        {
            if (scenario.OnSignal.Contains(person.Name))
                AddSignal(person.Name, person.Language);
            else
                await AddAsync(
                    session, stage.Sandbox.AddPerson(person.Name, person.Language, "reporter", scenario.Zone, onPage: true), hasRole: false);
        }

        await AddGroupAsync(session);
        foreach (var name in scenario.OnSignal.Concat(scenario.OnBoth).Where(name => !_phones.ContainsKey(name)))
            throw Unknown(name);
    }

    /// <summary>Adds an account of the flood that nobody knows.</summary>
    public ScenePhone AddStranger(string name, string language) => scenario.IsTelegramDown
        ? new SignalScenePhone(stage.Sandbox.AddSignalPhone(name, language: language))
        : new TelegramScenePhone(stage.Sandbox.AddPerson(name, language));

    private async Task AddAsync(Session session, SandboxPhone phone, bool hasRole)
    {
        var (isOnSignal, isOnBoth) = (scenario.OnSignal.Contains(phone.Name), scenario.OnBoth.Contains(phone.Name));
        _phones[phone.Name] = new TelegramScenePhone(phone);
        _addresses[phone.Name] = phone.Address;
        if (!isOnSignal && !isOnBoth)
            return;

        var signal = AddSignal(phone.Name, phone.Language);
        if (isOnBoth)
            _phones[phone.Name] = new DoubleScenePhone(new TelegramScenePhone(phone), new SignalScenePhone(signal), scenario.IsTelegramDown);
        if (!hasRole || await session.Addresses.FindAsync(phone.Address) is not { Person: { } person } telegram)
            return;

        await session.Addresses.EnsureAsync(signal.Address, person, isGroup: false, telegram.Language);
        _beginners.Add(signal);
        if (isOnSignal)
            await session.Addresses.EraseAsync(telegram.Id);
    }

    private SandboxSignalPhone AddSignal(string name, string language)
    {
        var phone = stage.Sandbox.AddSignalPhone(name, language: language, onPage: true);
        _phones[name] = new SignalScenePhone(phone);
        _addresses[name] = phone.Address;
        return phone;
    }

    private async Task AddGroupAsync(Session session)
    {
        var group = stage.Cast.Group;
        (_phones[group.Title], _addresses[group.Title]) =
            (new SceneGroup(group.Title, () => [.. group.Messages.Where(one => one.IsFromBot).Select(one => one.Text)]), group.Address);
        if (!scenario.OnSignal.Contains(group.Title))
            return;

        var signal = stage.Sandbox.AddSignalGroup(group.Title, _beginners);
        (_phones[group.Title], _addresses[group.Title]) =
            (new SceneGroup(group.Title, () => [.. signal.Messages.Where(one => one.IsFromBot).Select(one => one.Text)]), signal.Address);
        await session.Addresses.EnsureAsync(signal.Address, null, isGroup: true, "en");
    }

    private OperatorProblem Unknown(string name) => new($"{scenario.Name}: nobody is called '{name}'; there are: {string.Join(", ", _phones.Keys)}");
}
