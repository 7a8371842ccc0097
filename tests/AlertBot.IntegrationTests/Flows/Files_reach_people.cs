using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Witnesses' files are shown to the people who handle the report, and to nobody else.</summary>
public sealed class Files_reach_people
{
    private static readonly byte[] Voice = [.. "OggS"u8, .. new byte[60]];
    private static readonly byte[] Paper = [.. "%PDF-1.7 /Author (Somebody)"u8];

    [PostgresFact]
    public async Task A_coordinator_hears_the_voice_and_sees_the_picture_without_its_place()
    {
        await using var night = await WithFilesAsync(("photo", "image/jpeg", SamplePictures.JpegWithPlace()), ("voice", "audio/ogg", Voice));

        var shown = await ShownAsync(night.Coordinator, night, "📎 Files (2)", 2);

        Assert.Equal(["photo", "voice"], shown.Select(message => message.File!.Kind));
        Assert.All(shown, message => Assert.DoesNotContain("Testbay", message.Text, StringComparison.Ordinal));
        var acts = await night.Bot.ActAsync(session => session.Audit.OfAsync(night.Incident.Id.Value));
        Assert.Equal(2, acts.Count(act => act.Act == AuditAct.FileRead && act.PersonId is not null));
        // No file stays in a chat that somebody may look into later.
        night.Bot.Clock.Advance(Duration.FromMinutes(61));
        night.Bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        await RunningBot.EventuallyAsync(() => night.Coordinator.Messages.All(message => message.File is null) ? "gone" : null);
    }

    [PostgresFact]
    public async Task Of_advocates_only_whoever_has_it()
    {
        await using var night = await WithFilesAsync(("voice", "audio/ogg", Voice));
        Assert.DoesNotContain(night.CardsOf(night.Advocate)[^1].AllButtons, button => button.Text.StartsWith("📎", StringComparison.Ordinal));
        var forged = night.Advocate.PressData(night.CardsOf(night.Advocate)[^1], $"file:all:{night.Incident.Code}");
        Assert.Equal("This is for people who follow this case.", await forged.Answer.WaitAsync(TimeSpan.FromSeconds(10)));

        await night.PressAsync(night.Advocate, "I'm on it");
        Assert.Equal("voice", (await ShownAsync(night.Advocate, night, "📎 Files (1)", 1))[0].File!.Kind);
    }

    [PostgresFact]
    public async Task What_cannot_be_cleaned_is_marked_before_anybody_opens_it()
    {
        await using var night = await WithFilesAsync(("document", "application/pdf", Paper));
        var card = night.CardsOf(night.Coordinator)[^1];
        var marked = await RunningBot.AnswerToAsync(night.Coordinator, card, "📎 Files (1)");
        Assert.Contains("that I cannot clean", marked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(night.Coordinator.Messages, message => message.File is not null);

        var opened = await RunningBot.AnswerToAsync(night.Coordinator, marked, "Open it all the same");
        Assert.Equal("document", opened.File!.Kind);
    }

    [PostgresFact]
    public async Task Without_room_on_the_disk_nothing_is_fetched_and_owners_hear_of_it_once_a_day()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Owner");
        var job = new FetchFiles(
            bot.Database, [bot.Channel], bot.Get<Corroborate>(), new FreeSpace(() => 0.05), bot.Get<Workflows.Alerting.Alerts>(), bot.Clock,
            bot.Log.For<FetchFiles>());

        await job.RunAsync(CancellationToken.None);
        await job.RunAsync(CancellationToken.None);
        await bot.SettleAsync();

        Assert.Single(owner.Messages, message => message.Text.Contains("Less than a tenth of the bot's disk", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_report_has_twenty_files_however_they_come()
    {
        await using var night = await IncidentNight.BeginAsync();
        var count = await night.Bot.ActAsync(async session =>
        {
            var report = (await session.Reports.OfAsync(night.Incident.Id))[0].Id;
            for (var batch = 0; batch < 3; batch++)
            {
                await session.ReportFiles.AddAsync(report, Enumerable.Range(0, 9).Select(
                    one => new Domain.Channels.IncomingFile($"{batch}-{one}", "photo", null, 1)));
            }

            return await session.ReportFiles.CountAsync(report);
        });
        Assert.Equal(Report.MostFiles, count);
    }

    private static async Task<IncidentNight> WithFilesAsync(params (string Kind, string Type, byte[] Bytes)[] files)
    {
        var night = await IncidentNight.BeginAsync();
        await night.Bot.ActAsync(async session =>
        {
            var report = (await session.Reports.OfAsync(night.Incident.Id))[0].Id;
            await session.ReportFiles.AddAsync(
                report, files.Select(file => new Domain.Channels.IncomingFile("handle", file.Kind, file.Type, file.Bytes.Length)));
            foreach (var (waiting, file) in (await session.ReportFiles.TakeAsync(session.Now, 10)).Zip(files))
                await session.ReportFiles.KeepAsync(waiting, FileCleaning.Clean(file.Bytes).Content, file.Type);
            return true;
        });
        // The card shows them after its next edit.
        await night.PressAsync(night.Coordinator, "Verify & alert");
        return night;
    }

    private static async Task<IReadOnlyList<SandboxMessage>> ShownAsync(SandboxPhone phone, IncidentNight night, string button, int count)
    {
        var card = night.CardsOf(phone).Last(message => message.AllButtons.Any(one => one.Text == button));
        phone.Press(card, button);
        return await RunningBot.EventuallyAsync(
            () => phone.Messages.Where(message => message.File is not null).ToList() is var found && found.Count == count ? found : null);
    }
}
