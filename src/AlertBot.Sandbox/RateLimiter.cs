namespace AlertBot.Sandbox;

/// <summary>Telegram's limits for one bot, counted as requests arrive. The windows slide: any second counts, not the clock's.</summary>
internal sealed class RateLimiter(SandboxLimits limits, TimeProvider time)
{
    private readonly Queue<long> _lastSecond = new();
    private readonly Dictionary<long, ChatPace> _chats = [];
    private long _blockedUntil;
    private int _ignored;

    /// <returns>Null to go ahead, else the seconds to wait as Telegram gives them: whole, at least 1.</returns>
    public int? Check(long chatId, bool isNewMessage)
    {
        var now = time.GetTimestamp();
        if (now < _blockedUntil)
            return Refuse(_blockedUntil - now, now);

        while (_lastSecond.TryPeek(out var oldest) && now - oldest >= time.TimestampFrequency)
            _lastSecond.Dequeue();
        if (_lastSecond.Count >= limits.PerSecond)
            return Refuse(_lastSecond.Peek() + time.TimestampFrequency - now, now, wholeBot: true);

        if (isNewMessage)
        {
            if (!_chats.TryGetValue(chatId, out var pace))
                _chats[chatId] = pace = new ChatPace(limits.ChatBurst, now);
            if (pace.Check(limits, time, now, chatId < 0) is { } wait)
                return Refuse(wait, now);
        }

        _ignored = 0;
        _lastSecond.Enqueue(now);
        return null;
    }

    private int Refuse(long wait, long now, bool wholeBot = false)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling((double)wait / time.TimestampFrequency));
        if (limits.LengthensWait)
        {
            // The first refusal is a warning; each further one doubles the wait.
            seconds = Math.Min(3600, seconds << Math.Min(_ignored, 10));
            _ignored++;
        }

        if (wholeBot || limits.LengthensWait)
            _blockedUntil = Math.Max(_blockedUntil, now + seconds * time.TimestampFrequency);
        return seconds;
    }

    private sealed class ChatPace(double tokens, long since)
    {
        private readonly Queue<long> _lastMinute = new();
        private double _tokens = tokens;
        private long _since = since;

        public long? Check(SandboxLimits limits, TimeProvider time, long now, bool isGroup)
        {
            if (isGroup)
            {
                while (_lastMinute.TryPeek(out var oldest) && now - oldest >= 60 * time.TimestampFrequency)
                    _lastMinute.Dequeue();
                if (_lastMinute.Count >= limits.GroupPerMinute)
                    return _lastMinute.Peek() + 60 * time.TimestampFrequency - now;
            }

            _tokens = Math.Min(limits.ChatBurst, _tokens + (double)(now - _since) / time.TimestampFrequency * limits.PerChatPerSecond);
            _since = now;
            if (_tokens < 0.999)
                return (long)((1 - _tokens) / limits.PerChatPerSecond * time.TimestampFrequency);

            _tokens -= 1;
            if (isGroup)
                _lastMinute.Enqueue(now);
            return null;
        }
    }
}
