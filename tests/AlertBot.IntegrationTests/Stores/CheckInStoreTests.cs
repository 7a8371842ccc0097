using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Stores;

public sealed class CheckInStoreTests
{
    [PostgresFact]
    public async Task What_is_kept_comes_back_and_the_name_is_not_readable_in_the_table()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var one = await AddAsync(fixture, new CheckInSchedule.Daily(new LocalTime(21, 0), WeekDays.Monday | WeekDays.Sunday), "Invented Quixotic");
        var asked = one.Due(one.LookAt!.Value, true).Next with { IsExcused = true };
        await fixture.InAsync(session => DoneAsync(session.CheckIns.SaveAsync(asked)));

        var found = (await fixture.InAsync(session => session.CheckIns.FindAsync(one.Id)))!;

        Assert.Equal(asked, found);
        Assert.Equal("Invented Quixotic", found.Called?.Reveal());
        Assert.Equal(0, await fixture.ValueAsync<int>("select count(*)::int from check_in where position('Quixotic'::bytea in called) > 0"));
    }

    [PostgresFact]
    public async Task Of_one_person_there_is_one()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var one = await AddAsync(fixture, new CheckInSchedule.Every(6));

        Assert.False(await fixture.InAsync(session => session.CheckIns.AddAsync(one with { Id = CheckInId.New() })));
    }

    [PostgresFact]
    public async Task What_is_due_is_taken_by_one_and_the_next_one_by_another()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (first, second) = (await AddAsync(fixture, new CheckInSchedule.Every(1)), await AddAsync(fixture, new CheckInSchedule.Every(2)));
        fixture.Clock.Advance(Duration.FromHours(3));

        await using var here = await fixture.Database.BeginAsync(CancellationToken.None);
        await using var there = await fixture.Database.BeginAsync(CancellationToken.None);

        Assert.Equal(first.Id, await here.CheckIns.TakeDueIdAsync());
        Assert.Equal(second.Id, await there.CheckIns.TakeDueIdAsync());
        await here.CheckIns.PostponeAsync(first.Id, here.Now + Duration.FromMinutes(1));
        Assert.Null(await here.CheckIns.TakeDueIdAsync());
    }

    [PostgresFact]
    public async Task A_link_makes_one_contact_and_a_person_is_a_contact_once()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var one = await AddAsync(fixture, new CheckInSchedule.Every(6));
        var (somebody, other) = (await PersonAsync(fixture), await PersonAsync(fixture));
        var until = fixture.Now + Duration.FromDays(1);
        await fixture.InAsync(session => DoneAsync(session.CheckIns.Contacts.AddAsync(one.Id, "first", until)));
        await fixture.InAsync(session => DoneAsync(session.CheckIns.Contacts.AddAsync(one.Id, "second", until)));
        await fixture.InAsync(session => DoneAsync(session.CheckIns.Contacts.AddAsync(one.Id, "third", until)));

        Assert.True(await AgreeAsync(fixture, "first", somebody));
        Assert.Null(await fixture.InAsync(session => session.CheckIns.Contacts.TakeAsync("first")));
        Assert.False(await AgreeAsync(fixture, "second", somebody));
        Assert.True(await AgreeAsync(fixture, "second", other));

        fixture.Clock.Now = until;
        Assert.Null(await fixture.InAsync(session => session.CheckIns.Contacts.TakeAsync("third")));

        await fixture.InAsync(session => DoneAsync(session.CheckIns.DeleteAsync(one.Id)));
        Assert.Equal(0, await fixture.ValueAsync<int>("select count(*)::int from check_in_contact"));
    }

    [PostgresFact]
    public async Task Who_turns_out_to_be_somebody_else_keeps_what_they_had_and_is_not_their_own_contact()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (person, account) = (await PersonAsync(fixture), await AddAsync(fixture, new CheckInSchedule.Every(6)));
        var other = await AddAsync(fixture, new CheckInSchedule.Every(2));
        var until = fixture.Now + Duration.FromDays(1);
        foreach (var (of, code) in new[] { (account, "own"), (other, "others"), (other, "again") })
            await fixture.InAsync(session => DoneAsync(session.CheckIns.Contacts.AddAsync(of.Id, code, until)));
        await AgreeAsync(fixture, "own", person);
        await AgreeAsync(fixture, "others", person);
        await AgreeAsync(fixture, "again", account.Person);

        await fixture.InAsync(session => DoneAsync(session.CheckIns.GiveToAsync(account.Person, person)));

        Assert.Equal(account.Id, (await fixture.InAsync(session => session.CheckIns.OfAsync(person)))?.Id);
        Assert.Equal(
            [other.Id], (await fixture.InAsync(session => session.CheckIns.Contacts.NamingAsync(person))).Select(contact => contact.CheckIn));

        // If both have one, the second person's own stays.
        await fixture.InAsync(session => DoneAsync(session.CheckIns.GiveToAsync(other.Person, person)));
        Assert.Equal(account.Id, (await fixture.InAsync(session => session.CheckIns.OfAsync(person)))?.Id);
        Assert.Null(await fixture.InAsync(session => session.CheckIns.OfAsync(other.Person)));
    }

    private static async Task<bool> AgreeAsync(SendingFixture fixture, string code, PersonId person) => await fixture.InAsync(async session =>
        await session.CheckIns.Contacts.AgreeAsync((await session.CheckIns.Contacts.TakeAsync(code))!, person));

    private static async Task<CheckIn> AddAsync(SendingFixture fixture, CheckInSchedule schedule, string? called = null)
    {
        var one = new CheckIn(CheckInId.New(), await PersonAsync(fixture))
        {
            Schedule = schedule,
            Called = called is null ? null : new PersonName(called),
        };
        one = one.Rested(fixture.Now, DateTimeZone.Utc);
        Assert.True(await fixture.InAsync(session => session.CheckIns.AddAsync(one)));
        return one;
    }

    private static async Task<PersonId> PersonAsync(SendingFixture fixture)
    {
        var person = new Person(PersonId.New(), Role.Reporter, "en", DateTimeZone.Utc, IsFrozen: false);
        await fixture.InAsync(session => DoneAsync(session.People.AddAsync(person)));
        return person.Id;
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}
