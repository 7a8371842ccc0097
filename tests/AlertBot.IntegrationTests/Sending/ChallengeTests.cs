using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Messengers;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>A messenger demands a captcha: people are asked once on another messenger, and then sending goes on.</summary>
public sealed class ChallengeTests
{
    private const string Solved = "signal-hcaptcha.5fad97ac.challenge.P1_solved";
    private static readonly Duration Day = Duration.FromHours(24);

    [PostgresFact]
    public async Task Owners_are_told_once_on_the_other_messenger_and_nothing_is_lost()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (owner, _) = await sending.AddPersonAsync(Role.Owner);
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var ownerOnSignal = await sending.AddSignalPersonAsync(person: await OwnerAsync(sending));
        var (first, second) = (await KnownAsync(sending), await KnownAsync(sending));
        var signal = new ScriptedSignal { Says = (_, _) => new SendResult.Challenged("challenge-1", Day) };
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", first, second);

        await sending.SendAsync(signal);
        await sending.SendAsync();

        var row = await sending.RowAsync(alert, first);
        Assert.Equal(("retry", "account_waits"), (row.State, row.Outcome));
        Assert.InRange(row.NotBefore - sending.Now, Day, Day + Duration.FromSeconds(1));
        var told = Assert.Single(owner.Messages).Text;
        Assert.Contains("https://signalcaptchas.org/challenge/generate.html", told, StringComparison.Ordinal);
        Assert.Contains("/captcha", told, StringComparison.Ordinal);
        Assert.Empty(coordinator.Messages);
        Assert.DoesNotContain(signal.Given, one => one.To == ownerOnSignal.At);
        Assert.Equal("signal_captcha", await sending.ValueAsync<string>("select kind from alert where dedup_key like 'captcha:%'"));
    }

    [PostgresFact]
    public async Task Where_no_owner_can_be_told_elsewhere_a_coordinator_is()
    {
        await using var sending = await SendingFixture.StartAsync();
        await sending.AddSignalPersonAsync(Role.Owner);
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);

        await ChallengeAsync(sending, "challenge-1");
        await sending.SendAsync();

        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_newer_challenge_takes_the_place_of_the_one_before_and_is_told_again_only_after_an_hour()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (owner, _) = await sending.AddPersonAsync(Role.Owner);
        foreach (var challenge in new[] { "challenge-1", "challenge-1", "challenge-2" })
        {
            await ChallengeAsync(sending, challenge);
            sending.Clock.Advance(Duration.FromMinutes(1));
        }

        await sending.SendAsync();
        Assert.Single(owner.Messages);

        sending.Clock.Advance(Duration.FromMinutes(61));
        await ChallengeAsync(sending, "challenge-2");
        await sending.SendAsync();
        Assert.Single(owner.Messages);

        await ChallengeAsync(sending, "challenge-3");
        await sending.SendAsync();
        Assert.Equal(2, owner.Messages.Count(message => message.IsFromBot));
        Assert.Equal("challenge-3", (await sending.InAsync(session => session.Challenges.OldestAsync()))!.Name);
    }

    [PostgresFact]
    public async Task What_the_messenger_accepts_lets_everything_go_at_once_and_those_told_see_it()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (owner, ownerAddress) = await sending.AddPersonAsync(Role.Owner);
        var (other, _) = await sending.AddPersonAsync(Role.Owner);
        var advocate = await sending.AddSignalPersonAsync();
        var signal = new ScriptedSignal { Says = (_, _) => new SendResult.Challenged("challenge-1", Day) };
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", advocate);
        await sending.SendAsync(signal);
        await sending.SendAsync();
        signal.Says = null;

        Assert.Equal(AnswerTaken.Taken, await AnswerAsync(sending, ownerAddress, "signalcaptcha://" + Solved));
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await sending.SendAsync(signal);
        await sending.SendAsync();

        Assert.Equal(("challenge-1", Solved), Assert.Single(signal.Answers));
        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Contains("is sending again", Assert.Single(other.Messages).Text, StringComparison.Ordinal);
        Assert.Contains(owner.Messages, message => message.Text.Contains("has accepted it", StringComparison.Ordinal));
        Assert.Null(await sending.InAsync(session => session.Challenges.OldestAsync()));
    }

    [PostgresFact]
    public async Task What_it_does_not_accept_is_told_and_the_challenge_stays()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (owner, address) = await sending.AddPersonAsync(Role.Owner);
        await ChallengeAsync(sending, "challenge-1");
        await AnswerAsync(sending, address, Solved);

        await Errands(sending, new ScriptedSignal { Accepts = () => false }).RunAsync(CancellationToken.None);
        await sending.SendAsync();

        Assert.Contains(owner.Messages, message => message.Text.Contains("has not accepted it", StringComparison.Ordinal));
        Assert.False((await sending.InAsync(session => session.Challenges.OldestAsync()))!.IsAnswered);
    }

    [PostgresFact]
    public async Task An_answer_that_could_not_be_handed_over_is_handed_over_later()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync(Role.Owner);
        await ChallengeAsync(sending, "challenge-1");
        await AnswerAsync(sending, address, Solved);
        var signal = new ScriptedSignal { Accepts = () => throw new HttpRequestException("gone") };

        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        Assert.Single(signal.Answers);

        signal.Accepts = () => true;
        sending.Clock.Advance(Duration.FromMinutes(3));
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        Assert.Equal(2, signal.Answers.Count);
        Assert.Null(await sending.InAsync(session => session.Challenges.OldestAsync()));
    }

    [PostgresFact]
    public async Task A_node_at_work_holds_everything_and_goes_on_once_it_is_answered()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync(Role.Owner);
        var (first, second) = (await KnownAsync(sending), await KnownAsync(sending));
        var signal = new ScriptedSignal { Says = (_, _) => new SendResult.Challenged("challenge-1", Day) };
        await using var node = sending.Running(signal);
        var held = await sending.RaiseAsync(Severity.Critical, "Come", first);
        await sending.UntilAsync(async () => (await sending.RowAsync(held)).Outcome == "account_waits");
        var later = await sending.RaiseAsync(Severity.Critical, "Come too", second);
        signal.Says = null;
        var until = sending.Now + Duration.FromMinutes(1);
        await sending.UntilAsync(() => sending.Now > until, TimeSpan.FromMilliseconds(200));
        Assert.Equal("queued", (await sending.RowAsync(later)).State);
        Assert.Single(signal.Given);

        await AnswerAsync(sending, address, Solved);
        await Errands(sending, signal).RunAsync(CancellationToken.None);

        await sending.UntilAsync(async () => (await sending.RowAsync(held)).State == "sent" && (await sending.RowAsync(later)).State == "sent");
        Assert.True(sending.Now < until + Duration.FromMinutes(1));
    }

    [PostgresFact]
    public async Task A_node_that_begins_waits_for_the_answer_too()
    {
        await using var sending = await SendingFixture.StartAsync();
        var advocate = await sending.AddSignalPersonAsync();
        await ChallengeAsync(sending, "challenge-1");
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", advocate);
        var signal = new ScriptedSignal();
        await using var node = sending.Running(signal);

        var until = sending.Now + Duration.FromMinutes(1);
        await sending.UntilAsync(() => sending.Now > until, TimeSpan.FromMilliseconds(200));

        Assert.Empty(signal.Given);
        Assert.Equal("queued", (await sending.RowAsync(alert)).State);
    }

    [PostgresFact]
    public async Task A_message_that_goes_through_after_the_wait_ends_the_challenge()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (owner, _) = await sending.AddPersonAsync(Role.Owner);
        var advocate = await sending.AddSignalPersonAsync();
        await ChallengeAsync(sending, "challenge-1");
        await sending.SendAsync();
        await sending.RaiseAsync(Severity.Urgent, "Come", advocate);
        await sending.SendAsync(new ScriptedSignal());
        Assert.NotNull(await sending.InAsync(session => session.Challenges.OldestAsync()));

        sending.Clock.Advance(Day + Duration.FromMinutes(1));
        await sending.RaiseAsync(Severity.Urgent, "Come", advocate);
        await sending.SendAsync(new ScriptedSignal());
        await sending.SendAsync();

        Assert.Null(await sending.InAsync(session => session.Challenges.OldestAsync()));
        Assert.Contains("is sending again", Assert.Single(owner.Messages).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Where_only_messages_to_new_people_were_refused_one_to_somebody_known_ends_nothing()
    {
        await using var sending = await SendingFixture.StartAsync();
        await sending.AddPersonAsync(Role.Owner);
        var (known, stranger) = (await KnownAsync(sending), await sending.AddSignalPersonAsync());
        await ChallengeAsync(sending, "challenge-1", isOnlyNewPeople: true);
        sending.Clock.Advance(Day + Duration.FromMinutes(1));

        await sending.RaiseAsync(Severity.Urgent, "Come", known);
        await sending.SendAsync(new ScriptedSignal());
        Assert.NotNull(await sending.InAsync(session => session.Challenges.OldestAsync()));

        await sending.RaiseAsync(Severity.Urgent, "Come", stranger);
        await sending.SendAsync(new ScriptedSignal());
        Assert.Null(await sending.InAsync(session => session.Challenges.OldestAsync()));
    }

    [PostgresFact]
    public async Task Challenge_and_answer_are_sealed()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync(Role.Owner);
        await ChallengeAsync(sending, "challenge-1");
        await AnswerAsync(sending, address, Solved);

        Assert.False(await sending.ValueAsync<bool>(
            "select position('challenge-1'::bytea in challenge) > 0 or position('P1_solved'::bytea in answer) > 0 from channel_challenge"));
    }

    private static Task<PersonId> OwnerAsync(SendingFixture sending) =>
        sending.InAsync(async session => (await session.People.WithRoleAsync(Role.Owner)).Single().Id);

    private static Task<int> ChallengeAsync(
        SendingFixture sending, string challenge, bool isOnlyNewPeople = false) => sending.InAsync(async session =>
    {
        await sending.Get<ChannelChallenges>().HeardAsync(session, ChannelKind.Signal, challenge, sending.Now + Day, isOnlyNewPeople);
        return 0;
    });

    private static Task<AnswerTaken> AnswerAsync(SendingFixture sending, Address from, string token) => sending.InAsync(async session =>
        await sending.Get<AnswerChallenge>().RunAsync(session.As(Actor.Of((await session.People.FindAsync(from.Person!.Value))!)), token, from));

    private static ChannelErrands Errands(SendingFixture sending, IChannel signal) =>
        new(
            sending.Database, [signal, sending.Telegram], sending.Get<TrustedKey>(), sending.Get<ChannelChallenges>(), SendingFixture.Texts,
            sending.Logs.For<ChannelErrands>());

    // A captcha that a message to a stranger brought holds up strangers only.
    private static async Task<Address> KnownAsync(SendingFixture sending)
    {
        var address = await sending.AddSignalPersonAsync();
        return await sending.InAsync(async session =>
        {
            await session.Addresses.WarmAsync(address.Id);
            return address;
        });
    }
}
