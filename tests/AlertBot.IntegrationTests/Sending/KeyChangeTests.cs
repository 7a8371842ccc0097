using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Receiving;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>
/// An account with another key counts as nobody's until somebody has checked. A reporter's new key is accepted, without the reports told with the old
/// one.
/// </summary>
public sealed class KeyChangeTests
{
    private static readonly SendResult Untrusted = new SendResult.Refused(Refusal.KeyChanged);
    private int _key;

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_has_a_role_is_suspended_and_the_others_are_asked_to_check(bool isFoundBySending)
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var advocate = await sending.AddSignalPersonAsync();
        var @case = await sending.AddCaseAsync(advocate);
        var later = await sending.AddAsync(advocate, "A secret", but: one => one with { NotBefore = sending.Now + Duration.FromHours(1) });

        if (isFoundBySending)
        {
            await sending.RaiseAsync(Severity.Urgent, "Come", @case, advocate);
            await sending.SendAsync(new ScriptedSignal { Says = (_, _) => Untrusted });
        }
        else
        {
            await TellAsync(sending, advocate);
        }

        await sending.SendAsync();
        Assert.Equal(
            (true, Refusal.KeyChanged),
            ((await PersonAsync(sending, advocate)).IsFrozen, (await sending.InAsync(session => session.Addresses.FindAsync(advocate.Id)))!.DarkWhy));
        Assert.Equal(("failed", "key_changed"), ((await sending.RowAsync(later)).State, (await sending.RowAsync(later)).Outcome));
        var told = Assert.Single(coordinator.Messages);
        Assert.Contains(PersonSign.Of(advocate.Person!.Value), told.Text, StringComparison.Ordinal);
        Assert.Contains($"Nobody follows these cases any more: {@case.Code.Text}", told.Text, StringComparison.Ordinal);
        Assert.StartsWith("key:ask.", Assert.Single(told.AllButtons).Data, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task It_is_told_once_however_often_the_messenger_says_so()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var advocate = await sending.AddSignalPersonAsync();

        await TellAsync(sending, advocate);
        await TellAsync(sending, advocate);
        await sending.AddAsync(advocate, "An answer");
        await sending.SendAsync(new ScriptedSignal { Says = (_, _) => Untrusted });
        await sending.SendAsync();

        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task What_is_said_with_the_new_key_gives_nothing_back()
    {
        await using var sending = await SendingFixture.StartAsync();
        var advocate = await sending.AddSignalPersonAsync(Role.Coordinator);
        await TellAsync(sending, advocate);
        var spoke = new List<bool>();
        var command = new NoteCommand((talk, _) =>
        {
            spoke.Add(talk.May(Role.Advocate));
            return Task.CompletedTask;
        });

        await sending.StoreAsync(new IncomingUpdate("after", advocate.At, ChatKind.Private, advocate.At) { Text = "/note I am back" });
        await sending.NewWorker(command).DrainAsync(CancellationToken.None);
        // A daemon that trusts everybody sends anyway.
        await sending.SendAsync(new ScriptedSignal());

        Assert.Equal([false], spoke);
        Assert.Equal(Refusal.KeyChanged, (await sending.InAsync(session => session.Addresses.FindAsync(advocate.Id)))!.DarkWhy);
        Assert.True((await PersonAsync(sending, advocate)).IsFrozen);
    }

    [PostgresFact]
    public async Task An_act_that_read_the_person_before_does_not_end_the_suspension()
    {
        await using var sending = await SendingFixture.StartAsync();
        var advocate = await sending.AddSignalPersonAsync();
        var before = await PersonAsync(sending, advocate);
        await TellAsync(sending, advocate);

        await sending.InAsync(async session =>
        {
            await session.People.UpdateAsync(before with { Language = "ru" });
            return 0;
        });

        Assert.Equal(("ru", true), ((await PersonAsync(sending, advocate)).Language, (await PersonAsync(sending, advocate)).IsFrozen));
    }

    [PostgresFact]
    public async Task A_colleague_who_made_sure_brings_them_back_once_the_messenger_has_taken_the_key()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, colleague) = await sending.AddPersonAsync(Role.Coordinator);
        var advocate = await sending.AddSignalPersonAsync(Role.Coordinator);
        await TellAsync(sending, advocate);
        await sending.SendAsync();
        var signal = new ScriptedSignal { Trusts = () => false };

        var change = (await sending.InAsync(session => session.KeyChanges.FindAsync(advocate.Id)))!;
        Assert.False(KeyChanges.MayCheck(change, Actor.Of(await PersonAsync(sending, advocate) with { IsFrozen = false })));
        Assert.False(await TrustAsync(sending, advocate, by: advocate));
        Assert.True(await TrustAsync(sending, advocate, by: colleague));
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        Assert.True((await PersonAsync(sending, advocate)).IsFrozen);

        signal.Trusts = () => true;
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        Assert.Single(signal.Trusted);
        sending.Clock.Advance(Duration.FromMinutes(3));
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await sending.SendAsync();
        await sending.SendAsync(signal);

        Assert.Equal([advocate.At, advocate.At], signal.Trusted);
        Assert.False((await PersonAsync(sending, advocate)).IsFrozen);
        Assert.False((await sending.InAsync(session => session.Addresses.FindAsync(advocate.Id)))!.IsDark);
        Assert.StartsWith("A colleague has checked your new key.", Assert.Single(signal.TextsTo(advocate.At)), StringComparison.Ordinal);
        Assert.Contains("is here again", Assert.Single(coordinator.Messages).Text, StringComparison.Ordinal);
        var acts = (await sending.InAsync(session => session.Audit.OfAsync(advocate.Id.Value))).Select(entry => entry.Act.Code);
        Assert.Equal(["address.key_changed", "address.key_trust", "address.key_trusted"], acts);
    }

    [PostgresFact]
    public async Task The_key_whose_number_was_confirmed_is_trusted_and_one_that_came_after_it_is_asked_about_again()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, colleague) = await sending.AddPersonAsync(Role.Coordinator);
        var advocate = await sending.AddSignalPersonAsync();
        await TellAsync(sending, advocate);
        var change = (await sending.InAsync(session => session.KeyChanges.FindAsync(advocate.Id)))!;
        await ShowAsync(sending, change, "11111 22222");
        Assert.True(await TrustAsync(sending, advocate, by: colleague));

        var signal = new ScriptedSignal { Trusts = () => false, KeyNumber = () => "33333 44444" };
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await sending.SendAsync();
        Assert.Equal("11111 22222", Assert.Single(signal.TrustedNumbers));
        Assert.Contains(coordinator.Messages, message => message.Text.Contains("has changed once more", StringComparison.Ordinal));
        Assert.True((await PersonAsync(sending, advocate)).IsFrozen);
        Assert.Null((await sending.InAsync(session => session.KeyChanges.FindAsync(advocate.Id)))!.TrustedAt);

        await ShowAsync(sending, change, "33333 44444");
        Assert.True(await TrustAsync(sending, advocate, by: colleague));
        signal.Trusts = () => true;
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        Assert.Equal(["11111 22222", "33333 44444"], signal.TrustedNumbers);
        Assert.False((await PersonAsync(sending, advocate)).IsFrozen);
    }

    private static Task<int> ShowAsync(SendingFixture sending, KeyChange change, string number) => sending.InAsync(async session =>
    {
        await session.KeyChanges.ShowAsync(change.Id, number);
        return 0;
    });

    [PostgresFact]
    public async Task Whoever_was_suspended_by_hand_stays_so_with_a_trusted_key()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, colleague) = await sending.AddPersonAsync(Role.Coordinator);
        var advocate = await sending.AddSignalPersonAsync();
        await sending.InAsync(session => session.People.FreezeAsync(advocate.Person!.Value, null));
        await TellAsync(sending, advocate);

        await TrustAsync(sending, advocate, by: colleague);
        await Errands(sending, new ScriptedSignal()).RunAsync(CancellationToken.None);

        Assert.True((await PersonAsync(sending, advocate)).IsFrozen);
    }

    [PostgresFact]
    public async Task What_was_dark_for_another_reason_is_so_again()
    {
        await using var sending = await SendingFixture.StartAsync();
        var reporter = await sending.AddSignalPersonAsync(Role.Reporter);
        await sending.InAsync(session => session.Addresses.DarkenAsync(reporter.Id, Refusal.Stopped));

        await TellAsync(sending, reporter);
        await Errands(sending, new ScriptedSignal()).RunAsync(CancellationToken.None);

        Assert.Equal(Refusal.Stopped, (await sending.InAsync(session => session.Addresses.FindAsync(reporter.Id)))!.DarkWhy);
    }

    [PostgresFact]
    public async Task Nobody_with_another_key_answers_a_check_in_in_a_persons_place()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var reporter = await sending.AddSignalPersonAsync(Role.Reporter);
        await sending.InAsync(session => session.CheckIns.AddAsync(
            new CheckIn(CheckInId.New(), reporter.Person!.Value) { Schedule = new CheckInSchedule.Every(12) }));
        var signal = new ScriptedSignal();

        await TellAsync(sending, reporter);
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await sending.SendAsync();

        Assert.Empty(signal.Trusted);
        var told = Assert.Single(coordinator.Messages);
        Assert.Contains("check-in", told.Text, StringComparison.Ordinal);
        Assert.StartsWith("key:ask.", Assert.Single(told.AllButtons).Data, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_reporters_key_is_taken_at_once_and_shows_nothing_of_what_the_old_one_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var reporter = await sending.AddSignalPersonAsync(Role.Reporter);
        var receipt = Domain.Reports.Receipt.New();
        await sending.InAsync(async session =>
        {
            var id = await session.Reports.BeginAsync(reporter.Id, "en", ReportContent.Empty with { Words = ["they took somebody"] });
            return await session.Reports.MarkSentAsync(id, null) is not null && await session.Reports.FinishAsync(id, receipt, isSilent: false);
        });
        var waiting = await sending.AddAsync(
            reporter, "A coordinator asks: who else was there?", but: one => one with { NotBefore = sending.Now + Duration.FromHours(1) });
        var signal = new ScriptedSignal();

        await TellAsync(sending, reporter);
        await Errands(sending, signal).RunAsync(CancellationToken.None);
        await sending.SendAsync(signal);
        await sending.SendAsync();

        Assert.Equal([reporter.At], signal.Trusted);
        Assert.StartsWith("Your Signal safety number has changed", Assert.Single(signal.TextsTo(reporter.At)), StringComparison.Ordinal);
        Assert.Equal("failed", (await sending.RowAsync(waiting)).State);
        Assert.Empty(coordinator.Messages);
        Assert.Empty(await sending.InAsync(session => session.Reports.OfAsync(reporter.Id)));
        Assert.Null(await sending.InAsync(session => session.Reports.LastSentOfAsync(reporter.Id)));

        var (_, stranger) = await sending.AddPersonAsync(Role.Reporter);
        Assert.NotNull(await sending.InAsync(session => sending.Get<FindReport>().RunAsync(session, receipt.Reveal(), stranger)));
        Assert.Empty(await sending.InAsync(session => session.Reports.OfAsync(reporter.Id)));
        Assert.NotNull(await sending.InAsync(session => sending.Get<FindReport>().RunAsync(session, receipt.Reveal(), reporter)));
        Assert.Single(await sending.InAsync(session => session.Reports.OfAsync(reporter.Id)));
    }

    [PostgresFact]
    public async Task An_answer_to_a_reporter_waits_until_the_messenger_has_taken_their_key()
    {
        await using var sending = await SendingFixture.StartAsync();
        var reporter = await sending.AddSignalPersonAsync(Role.Reporter);
        await TellAsync(sending, reporter);
        var answer = await sending.AddAsync(reporter, "An answer to what the new key said");
        var signal = new ScriptedSignal { Says = (_, _) => Untrusted };
        await sending.SendAsync(signal);
        Assert.Equal("retry", (await sending.RowAsync(answer)).State);

        await Errands(sending, signal).RunAsync(CancellationToken.None);
        signal.Says = null;
        sending.Clock.Advance(Duration.FromSeconds(11));
        await sending.SendAsync(signal);

        Assert.Equal("sent", (await sending.RowAsync(answer)).State);
    }

    private static async Task<Person> PersonAsync(SendingFixture sending, Address of) =>
        (await sending.InAsync(session => session.People.FindAsync(of.Person!.Value)))!;

    private static ChannelErrands Errands(SendingFixture sending, IChannel signal) =>
        new(
            sending.Database, [signal, sending.Telegram], sending.Get<TrustedKey>(), sending.Get<ChannelChallenges>(), SendingFixture.Texts,
            sending.Logs.For<ChannelErrands>());

    private static Task<bool> TrustAsync(SendingFixture sending, Address of, Address by) => sending.InAsync(
        async session => await sending.Get<KeyChanges>().TrustAsync(
            session.As(Actor.Of((await session.People.FindAsync(by.Person!.Value))!)), (await session.KeyChanges.FindAsync(of.Id))!));

    // Reports the change as the messenger does.
    private async Task TellAsync(SendingFixture sending, Address of)
    {
        await sending.StoreAsync(new IncomingUpdate($"key{++_key}", of.At, ChatKind.Private, of.At) { Change = new ChatChange.KeyChanged() });
        await sending.NewWorker().DrainAsync(CancellationToken.None);
    }
}
