using System.Security.Cryptography;
using AlertBot.Domain.Channels;
using AlertBot.Hosting;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A messenger without buttons, whose messages can be deleted for everyone.</summary>
public class A_witness_writes_on_Signal
{
    [PostgresFact]
    public async Task A_number_that_may_be_the_answer_is_asked_back_and_never_ends_the_report() => await RunAsync(async (talk, witness) =>
    {
        await talk("/report");
        await talk("3");
        var asked = await talk("Testbay Invented");
        Assert.Contains("When was it?", asked);
        var last = asked.Split('\n').Where(line => line.Contains(" – ", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Last();

        var back = await talk(last);

        Assert.Contains($"or is “{last}” your answer?", back);
        Assert.DoesNotContain(witness.Messages, message => message.Text.Contains("Sent. Thank you", StringComparison.Ordinal));
        Assert.Contains("Where was it?", await talk("2"));
    });

    [PostgresFact]
    public async Task What_was_passed_on_does_not_vanish_with_the_message() => await RunAsync(async (talk, witness) =>
    {
        await talk("they took my brother from home");
        await talk("he is called Testbay Invented");
        var second = witness.Messages.Last(message => !message.IsFromBot);

        witness.Delete(second);

        Assert.Contains("To delete the report here: /forget", await talk(null));
    });

    [PostgresFact]
    public async Task What_was_deleted_first_does_not_vanish_either_nor_is_it_told_twice() => await RunAsync(async (talk, witness) =>
    {
        await talk("they took my brother from home");
        var first = witness.Messages.First(message => !message.IsFromBot);
        await talk("he is called Testbay Invented");

        witness.Delete(first);

        Assert.Contains("To delete the report here: /forget", await talk(null));
    });

    [PostgresFact]
    public async Task What_is_changed_is_added_and_coordinators_hear_of_it() => await RunAsync(
        async (talk, witness) =>
        {
            await talk("they took my brother Testbay Invented from home, Almaty");
            var said = witness.Messages.First(message => !message.IsFromBot);

            witness.EditText(said, "they took my brother Testbay Invented from home, Astana");

            Assert.Contains("added", await talk(null), StringComparison.OrdinalIgnoreCase);
        },
        cast => Assert.Contains(
            cast.Coordinator.Messages, message => message.Text.Contains("changed what they wrote", StringComparison.Ordinal)
                && message.Text.Contains("Astana", StringComparison.Ordinal)));

    [PostgresFact]
    public async Task The_number_of_a_house_is_asked_back_as_well() => await RunAsync(async (talk, witness) =>
    {
        await talk("/report");
        await talk("3");
        await talk("Testbay Invented");
        var asked = await talk("1");
        Assert.Contains("Where was it?", asked);
        var last = asked.Split('\n').Where(line => line.Contains(" – ", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Last();

        Assert.Contains($"or is “{last}” your answer?", await talk(last));
        Assert.DoesNotContain(witness.Messages, message => message.Text.Contains("Sent. Thank you", StringComparison.Ordinal));
    });

    /// <param name="story">Gets a way to say something and read the answer (null: what was done already), and the phone.</param>
    /// <param name="heard">Looks at what the others read of it.</param>
    private static async Task RunAsync(Func<Func<string?, Task<string>>, SandboxSignalPhone, Task> story, Action<Replaying.Cast>? heard = null)
    {
        var clock = new ReplayClock(Instant.FromUtc(2026, 3, 2, 9, 0));
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        using var key = new VaultKey(RandomNumberGenerator.GetBytes(VaultKey.Size));
        await using var stage = await Stage.SetAsync(
            Ground.Load(), new Database(database.Source, new Vault(key), clock), sandbox, Replaying.Cast.On(sandbox), clock, CancellationToken.None);
        await using var mail = new ChatMail(stage.All<IChannel>(), stage.Database, clock);
        var witness = sandbox.AddSignalPhone("Witness");

        await story(
            async text =>
            {
                // A person who answers at once would be asked which message they mean.
                clock.MoveTo(clock.GetCurrentInstant() + Duration.FromMinutes(1));
                if (text is not null)
                    witness.SendText(text);
                await mail.ExpectAsync(1, CancellationToken.None);
                await stage.DeliverAsync(CancellationToken.None);
                return witness.Messages.Last(message => message.IsFromBot).Text;
            },
            witness);
        heard?.Invoke(stage.Cast);
    }
}
