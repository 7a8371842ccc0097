using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <content>The first few messages of a second leave at once. That second is as full as any other, and no fuller.</content>
public sealed partial class SendPace
{
    // The second of a burst is not filled up. Those that leave at once share their connections' delays, so all of them may arrive late together.
    private const int Spare = 2;

    private Instant _burstAt = Instant.MinValue;    // the last message that left ahead of its slot

    /// <inheritdoc cref="ChannelCapabilities.Burst"/>
    public int Burst { get; init; } = 1;

    /// <summary>How many messages may leave at this moment, if any may.</summary>
    public int AtOnce(Instant now)
    {
        lock (_gate)
            return Math.Max(1, Ahead(now));
    }

    // Whoever was refused keeps to the slots. So does an account that sends so little in a second that a burst would be most of it.
    private bool HasBurst => _slower == 1 && Burst > 1 && _most > 2 * Burst;

    // How many may leave ahead of their slots.
    private int Ahead(Instant now) => HasBurst ? Math.Max(0, Burst - _leaving - LeftWithin(Window, now)) : 0;

    private Instant SlotFrom(Instant now) => Ahead(now) > 0 ? Instant.MinValue : _nextSlot;

    // What a burst has taken ahead is made up for within its second, evenly.
    private Duration SlotOf(Instant now) => HasBurst && now < _burstAt + Window ? Slot * _most / (_most + 1 - Burst - Spare) : Slot;

    // One more message leaves: what it gives back if it does not leave after all.
    private Duration TakeSlot(Instant now)
    {
        var isAhead = Ahead(now) > 0;
        _burstAt = isAhead ? now : _burstAt;
        var pause = SlotOf(now) * (1 + jitter * (dice?.Invoke() ?? 0));
        if (isAhead)
        {
            _nextSlot = Instant.Max(_nextSlot, now + pause);
            return Duration.Zero;
        }

        // Timers are coarse, and the database takes its time: what leaves a little late must not delay all that comes later.
        _nextSlot = (_nextSlot < now - (Slot < ShortSlot ? Late : Slot) ? now : _nextSlot) + pause;
        return pause;
    }
}
