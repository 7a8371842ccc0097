using NodaTime;

namespace AlertBot.Workflows.Sending;

public sealed partial class SendPace
{
    /// <summary>One message on its way.</summary>
    public sealed class Departure(string chat, bool isGroup, bool isEdit)
    {
        public string Chat => chat;

        public bool IsGroup => isGroup;

        public bool IsEdit => isEdit;

        /// <summary>Whether the request was seen leaving.</summary>
        public bool HasLeft => LeftAt is not null;

        internal Instant? LeftAt { get; set; }

        internal bool IsStranger { get; init; }

        internal bool IsAlert { get; init; }

        /// <summary>How long after it no other message leaves.</summary>
        internal Duration Pause { get; init; }
    }
}
