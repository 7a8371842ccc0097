using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Incidents;

namespace AlertBot.IntegrationTests.Incidents;

public sealed class IncidentCircleTests
{
    private static readonly HashSet<PersonId> None = [];

    [PostgresFact]
    public async Task The_other_channel_is_where_the_same_people_were_not_told_yet()
    {
        await using var night = await IncidentNight.BeginAsync();
        Assert.False((await CircleAsync(night, None)).Reaches(EscalationStep.OtherChannel));
        var signal = new ChannelAddress(ChannelKind.Signal, "+70000000001");
        var person = await night.PersonAsync(night.Advocate);
        var added = await night.Bot.ActAsync(session => session.Addresses.EnsureAsync(signal, person, isGroup: false, "en"));

        var circle = await CircleAsync(night, None);

        Assert.Equal([added.Id], circle.Of([EscalationStep.OtherChannel]).Select(one => one.Address));
        Assert.Empty((await CircleAsync(night, new HashSet<PersonId> { person })).Of([EscalationStep.OtherChannel]));
    }

    [PostgresFact]
    public async Task Whoever_cannot_is_left_out_of_the_steps_but_not_of_all()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.JoinRotaAsync(night.Advocate);
        HashSet<PersonId> cannot = [await night.PersonAsync(night.Advocate), await night.PersonAsync(night.Coordinator)];

        var circle = await CircleAsync(night, cannot);

        Assert.All(Enum.GetValues<EscalationStep>(), step => Assert.False(circle.Reaches(step)));
        Assert.Equal(2, circle.All.Count);
    }

    [PostgresFact]
    public async Task Whose_role_is_frozen_is_in_no_step()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.JoinRotaAsync(night.Advocate);
        var id = await night.PersonAsync(night.Advocate);
        await night.Bot.ActAsync(async session =>
        {
            await session.People.FreezeAsync(id, null);
            return true;
        });

        var circle = await CircleAsync(night, None);

        Assert.DoesNotContain(circle.All, one => one.Person == id);
        Assert.False(circle.Reaches(EscalationStep.OnCall) || circle.Reaches(EscalationStep.Subscribers));
    }

    [PostgresFact]
    public async Task Of_what_is_not_grave_only_coordinators_hear_again_until_it_is_told_to_all()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await night.JoinRotaAsync(night.Advocate);
        await night.ReportAsync(kind: ReportKind.Summoned);

        var before = await CircleAsync(night, None);
        await night.Bot.ActAsync(async session =>
            await session.Incidents.SaveAsync((await session.Incidents.FindAsync(night.Incident.Id))! with { IsToldFully = true }));
        var after = await CircleAsync(night, None);

        Assert.Equal(
            (false, false, true), (before.Reaches(EscalationStep.OnCall), before.Reaches(EscalationStep.Subscribers),
                before.Reaches(EscalationStep.Coordinators)));
        Assert.Equal((true, true), (after.Reaches(EscalationStep.OnCall), after.Reaches(EscalationStep.Subscribers)));
    }

    private static Task<IncidentCircle> CircleAsync(IncidentNight night, IReadOnlySet<PersonId> cannot) => night.Bot.ActAsync(async session =>
        await IncidentCircle.OfAsync(session, (await session.Incidents.FindAsync(night.Incident.Id))!, cannot, IncidentPolicy.Usual));
}
