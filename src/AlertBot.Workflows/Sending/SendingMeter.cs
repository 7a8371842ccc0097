using System.Diagnostics.Metrics;
using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Sending;

/// <summary>Counts how often a messenger demanded a wait, which only the sender knows.</summary>
public static class SendingMeter
{
    public const string Name = "AlertBot.Sending";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> AskedToWaitCount = Meter.CreateCounter<long>(
        "alertbot_asked_to_wait", description: "Answers of a messenger that ask to send later (429), by messenger and scope");

    internal static void AskedToWait(ChannelKind channel, WaitScope scope) => AskedToWaitCount.Add(
        1, new("channel", Configuration.Words.Snake(channel.ToString())), new("scope", Configuration.Words.Snake(scope.ToString())));
}
