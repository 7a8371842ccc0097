using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Subscribing;

namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// A case with dates, a proposed fact and an incident, and somebody in every relation to it. Each act is tried on it and taken back.
/// </summary>
internal sealed class CaseWorld
{
    private readonly Dictionary<Relation, Actor> _actors = [];
    private readonly Dictionary<PersonId, Address> _addresses = [];

    private CaseWorld(RunningBot bot) => Bot = bot;

    public RunningBot Bot { get; }

    public CaseFile File { get; private set; } = null!;

    public CaseFile Other { get; private set; } = null!;

    public Incident Incident { get; private set; } = null!;

    public Incident OtherIncident { get; private set; } = null!;

    public DeadlineId Date { get; private set; }

    public CaseEvent Fact => File.Events[0];

    public EventId Proposed { get; private set; }

    public Address Group { get; private set; } = null!;

    /// <summary>The address of whoever waits for a coordinator's consent.</summary>
    public AddressId Waiting { get; private set; }

    public IReadOnlyDictionary<Relation, Actor> Actors => _actors;

    public static async Task<CaseWorld> CreateAsync(RunningBot bot)
    {
        var world = new CaseWorld(bot) { File = await bot.OpenCaseAsync("Azamat Invented"), Other = await bot.OpenCaseAsync("Somebody Else") };
        // Whoever did all that is tried below is nobody who tries it.
        var clerk = await bot.AddAsync(Role.Coordinator);
        var by = await world.ActorOfAsync(clerk);
        await RunningBot.SayAsync(bot.Sandbox.AddPerson("Witness"), "They arrested Azamat Invented in Almaty this morning");
        await RunningBot.SayAsync(bot.Sandbox.AddPerson("Witness"), "Police searched the flat of our neighbour in Pavlodar");
        await bot.SettleAsync();
        var open = await bot.ActAsync(session => session.Incidents.OpenAsync());
        world.Incident = open.Single(one => one.Case == world.File.Id);
        world.OtherIncident = open.Single(one => one.Id != world.Incident.Id);

        var (told, has) = (await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate));
        await bot.ActAsync(async session => await bot.Get<TellWhom>().RunAsync(session.As(by), world.Incident.Id, "adv"));
        await bot.ActAsync(async session => await bot.Get<TakeIncident>().RunAsync(
            session.As(await world.ActorOfAsync(has)), world.Incident.Id));
        await world.RecordAsync(by);

        var (none, waits, follows) = (await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate));
        await RunningBot.SayAsync(waits, "/subscribe " + world.File.Code);
        await bot.FollowAsync(follows, world.File);
        var (coordinator, owner) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Owner));
        foreach (var phone in new[] { coordinator, owner })
            await RunningBot.SayAsync(phone, "/subscribe " + world.File.Code);
        await world.LinkAsync(clerk, by);
        await bot.SettleAsync();

        foreach (var (relation, phone) in new[]
        {
            (Relation.Reporter, await bot.AddAsync(Role.Reporter)), (Relation.None, none), (Relation.Waits, waits), (Relation.Follows, follows),
            (Relation.Told, told), (Relation.Has, has), (Relation.Coordinator, coordinator), (Relation.Owner, owner),
        })
            world._actors[relation] = await world.ActorOfAsync(phone);
        world._actors[Relation.Suspended] = Actor.Of(world._actors[Relation.Owner].Person! with { IsFrozen = true });
        world._actors[Relation.Program] = Actor.Of(world._actors[Relation.Coordinator].Person!, ApiTokenId.New());
        world._actors[Relation.Machine] = Actor.Operator;
        world.Waiting = await world.AddressOfAsync(waits);
        return world;
    }

    /// <summary>Tries an act as somebody, and takes it back.</summary>
    public async Task<bool> MayAsync(Relation relation, Func<CaseWorld, Session, Task<object?>> act)
    {
        await using var session = await Bot.Database.BeginAsync(Actors[relation], CancellationToken.None);
        return IsDone(await act(this, session));
    }

    /// <summary>The private address of whoever acts; one that is not theirs, if they have none.</summary>
    public Address HereOf(Actor actor) => actor.Id is { } person ? _addresses[person] : _addresses.Values.First();

    // How acts say that somebody may not: nothing, no, or a word for it. What was done before, or cannot be done now, is no such thing.
    private static bool IsDone(object? result) => result switch
    {
        null or false => false,
        Enum word => word.ToString() is not ("NotAllowed" or "NotFound"),
        System.Runtime.CompilerServices.ITuple pair => pair[0] is not null,
        _ => result.GetType().Name != "NotAllowed",
    };

    private async Task RecordAsync(Actor by)
    {
        var proposed = new EventDraft("hearing_set") { At = "2026-03-01", Sets = "2026-03-20" }.Read(File.Zone).Event!;
        await Bot.ActAsync(async session =>
        {
            session.As(by);
            await Bot.Get<RecordEvent>().RunAsync(session, File.Id, new EventDraft("detention_start") { At = "2026-03-01" }.Read(File.Zone).Event!);
            return await Bot.Get<ProposeEvent>().RunAsync(session, File.Id, proposed);
        });
        Proposed = proposed.Id;
        File = (await Bot.ActAsync(session => session.Cases.FindAsync(File.Code)))!;
        var dates = await Bot.ActAsync(session => session.Deadlines.OfAsync([File.Id]));
        Date = dates[File.Id].First(one => one.Deadline.IsOpen).Id;
    }

    private async Task LinkAsync(SandboxPhone clerk, Actor by)
    {
        var group = Bot.Sandbox.AddGroup("Friends", [clerk]);
        await RunningBot.SayAsync(clerk, group, "/link " + Other.Code);
        Group = (await Bot.ActAsync(async session => await session.Addresses.FindAsync(
            (await session.Subscriptions.GroupsAsync())[0].Address)))!;
        await Bot.ActAsync(async session => await Bot.Get<LinkGroup>().RunAsync(session.As(by), File.Code, Group));
    }

    private async Task<AddressId> AddressOfAsync(SandboxPhone phone) =>
        (await Bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Id;

    private Task<Actor> ActorOfAsync(SandboxPhone phone) => Bot.ActAsync(async session =>
    {
        var address = (await session.Addresses.FindAsync(phone.Address))!;
        _addresses[address.Person!.Value] = address;
        return Actor.Of(await session.People.FindAsync(address.Person.Value));
    });
}

/// <summary>Who somebody is to a case and its incident.</summary>
internal enum Relation
{
    Reporter,

    /// <summary>An advocate who has nothing to do with it.</summary>
    None,

    /// <summary>An advocate who asked to follow it, and to whom no coordinator has agreed.</summary>
    Waits,

    /// <summary>An advocate who follows it with consent.</summary>
    Follows,

    /// <summary>An advocate whom a coordinator had told of the incident.</summary>
    Told,

    /// <summary>Such an advocate, who took it.</summary>
    Has,

    Coordinator,
    Owner,
    Suspended,

    /// <summary>With the token of a coordinator.</summary>
    Program,

    /// <summary>The command line.</summary>
    Machine,
}
