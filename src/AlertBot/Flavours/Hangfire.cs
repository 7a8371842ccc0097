using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Hangfire;
using AlertBot.Jobs.Quartz;
using AlertBot.TelegramBot;

namespace AlertBot.Flavours;

public sealed partial record Flavour
{
    private static readonly JobAdapter Hangfire = new(JobEngine.Hangfire, HangfireJobs.AddHangfireJobs, app => app.MapHangfirePages());
    private static readonly JobAdapter Quartz = new(JobEngine.Quartz, QuartzJobs.AddQuartzJobs);

    private static readonly TelegramAdapter Library = new(TelegramClientName.TelegramBot, TelegramBotChannel.New);

    private static readonly TelegramAdapter Http = new(
        TelegramClientName.Http, (settings, logger, time, onWritten) => new TelegramChannel(settings, logger, time, onWritten));

    /// <summary>What builds where the packages of the second flavour can be had: Hangfire and Telegram.Bot beside the others.</summary>
    public static Flavour Built { get; } = new("hangfire", [Hangfire, Quartz], [Library, Http]);
}
