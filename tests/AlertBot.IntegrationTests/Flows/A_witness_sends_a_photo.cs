using System.Text;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_witness_sends_a_photo
{
    [PostgresFact]
    public async Task It_is_kept_sealed_and_without_its_place()
    {
        await using var bot = await RunningBot.StartAsync();
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var photo = SamplePictures.JpegWithPlace();
        witness.SendPhoto(photo);
        await witness.WaitForTextAsync("A few short questions meanwhile");

        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);

        var draft = await DraftAsync(bot, witness);
        var kept = Assert.Single(await bot.ActAsync(session => session.ReportFiles.KeptAsync(draft.Id)));
        Assert.Equal(("photo", "image/jpeg"), (kept.Kind, kept.ContentType));
        Assert.Equal(PictureMetadata.Strip(photo), kept.Content);
        Assert.DoesNotContain("GPS-LATITUDE", Encoding.Latin1.GetString(kept.Content));
        Assert.False((await DatabaseDump.OfAsync(bot.ConnectionString)).Has("JFIF"));
    }

    [PostgresFact]
    public async Task The_same_photo_from_two_people_is_one_voice()
    {
        await using var bot = await RunningBot.StartAsync();
        var reports = new List<Report>();
        foreach (var (name, words) in new[] { ("First", "They took Testbay Invented"), ("Second", "Testbay Invented was taken") })
        {
            var witness = bot.Sandbox.AddPerson(name, "en");
            witness.SendPhoto(SamplePictures.JpegWithPlace(), words);
            var asked = await witness.WaitForTextAsync("A few short questions meanwhile");
            var id = (await DraftAsync(bot, witness)).Id;
            await RunningBot.PressAsync(witness, asked, "➤ That is all");
            await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);
            reports.Add((await bot.ActAsync(session => session.Reports.FindAsync(id)))!);
        }

        Assert.All(reports, report => Assert.Single(report.Prints));
        Assert.Equal(1, Independence.Count(reports));
    }

    [PostgresFact]
    public async Task Two_photos_are_one_voice_until_they_are_seen_and_then_everybody_is_told()
    {
        await using var bot = await RunningBot.StartAsync();
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync("Testbay Invented");
        await bot.FollowAsync(advocate, file);
        bool IsToldFully() => advocate.Messages.Any(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));

        await ReportAsync(bot, SamplePictures.JpegWithPlace(), "They took Testbay Invented");
        await ReportAsync(bot, SamplePictures.JpegWithPlace(), "Testbay Invented was taken");
        await bot.SettleAsync();
        Assert.False(IsToldFully());
        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
        Assert.False(IsToldFully());

        await ReportAsync(bot, SamplePictures.PngWithText(), "I saw how they led Testbay Invented away");
        await bot.SettleAsync();
        Assert.False(IsToldFully());
        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);
        await advocate.WaitForMessageAsync(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task While_the_messenger_does_not_give_it_it_is_asked_for_again()
    {
        await using var bot = await RunningBot.StartAsync();
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        witness.SendPhoto(SamplePictures.JpegWithPlace());
        await witness.WaitForTextAsync("A few short questions meanwhile");
        bot.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "getFile");
        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);
        var draft = await DraftAsync(bot, witness);
        Assert.Empty(await bot.ActAsync(session => session.ReportFiles.KeptAsync(draft.Id)));

        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);
        Assert.Empty(await bot.ActAsync(session => session.ReportFiles.KeptAsync(draft.Id)));
        bot.Clock.Advance(Duration.FromMinutes(1));
        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);

        Assert.Single(await bot.ActAsync(session => session.ReportFiles.KeptAsync(draft.Id)));
    }

    [PostgresFact]
    public async Task One_that_brings_the_program_down_each_time_is_given_up_and_the_next_one_is_fetched()
    {
        await using var bot = await RunningBot.StartAsync();
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        witness.SendPhoto(SamplePictures.JpegWithPlace());
        await witness.WaitForTextAsync("A few short questions meanwhile");
        // Each time it was taken, and the program died before it could say how that ended.
        for (var death = 0; death < 18; death++)
            Assert.Single(await bot.ActAsync(session => session.ReportFiles.TakeAsync(session.Now, 10)));
        var other = bot.Sandbox.AddPerson("Other", "en");
        other.SendPhoto(SamplePictures.PngWithText());
        await other.WaitForTextAsync("A few short questions meanwhile");

        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);

        Assert.Single(bot.Sandbox.Calls, call => call.Method == "getfile");
        Assert.Empty(await KeptAsync(bot, witness));
        Assert.Single(await KeptAsync(bot, other));
        bot.Clock.Advance(Duration.FromDays(2));
        Assert.Empty(await bot.ActAsync(session => session.ReportFiles.TakeAsync(session.Now, 10)));
    }

    private static async Task<IReadOnlyList<KeptFile>> KeptAsync(RunningBot bot, SandboxPhone witness)
    {
        var draft = await DraftAsync(bot, witness);
        return await bot.ActAsync(session => session.ReportFiles.KeptAsync(draft.Id));
    }

    private static async Task ReportAsync(RunningBot bot, byte[] photo, string words)
    {
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        witness.SendPhoto(photo, words);
        await RunningBot.PressAsync(witness, await witness.WaitForTextAsync("A few short questions meanwhile"), "➤ That is all");
    }

    private static async Task<Report> DraftAsync(RunningBot bot, SandboxPhone witness) => (await bot.ActAsync(async session =>
        await session.Reports.DraftOfAsync((await session.Addresses.FindAsync(witness.Address))!.Id)))!;
}
