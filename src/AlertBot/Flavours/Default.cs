using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Jobs.Quartz;

namespace AlertBot.Flavours;

public sealed partial record Flavour
{
    private static readonly JobAdapter Quartz = new(JobEngine.Quartz, QuartzJobs.AddQuartzJobs);

    private static readonly TelegramAdapter Http = new(
        TelegramClientName.Http, (settings, logger, time, onWritten) => new TelegramChannel(settings, logger, time, onWritten));

    /// <summary>What builds wherever the common packages can be had.</summary>
    public static Flavour Built { get; } = new("default", [Quartz], [Http]);
}
