using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Sandbox.Signal;
using NodaTime;

namespace AlertBot.Sandbox;

public sealed partial class SandboxServer
{
    private const long FirstSignalPerson = 9_100_000_001;

    private SignalWorld _signal = null!;

    /// <summary>The sandbox's signal-cli, also at <see cref="Url"/>.</summary>
    public SandboxSignal Signal { get; private init; } = null!;

    /// <summary>Adds a phone. Ids and numbers follow the order of the calls, so the same cast has the same ones after a restart.</summary>
    /// <param name="number">As Signal writes it: <c>+</c>, country, number. Null: a number that belongs to nobody.</param>
    /// <param name="showsNumber">False is Signal's default: the bot learns only the uuid.</param>
    public SandboxSignalPhone AddSignalPhone(
        string name, string? number = null, string language = "en", string? role = null, DateTimeZone? zone = null, bool showsNumber = false,
        bool namesLatestEdit = true, bool onPage = false)
    {
        lock (_world.Gate)
        {
            var count = _signal.Phones.Count;
            var phone = new SandboxSignalPhone(_signal, FirstSignalPerson + count, name, number ?? StoryNumber(count), language)
            {
                Role = role,
                Zone = zone ?? DateTimeZone.Utc,
                ShowsNumber = showsNumber,
                NamesLatestEdit = namesLatestEdit,
                IsOnPage = onPage,
            };
            _signal.Add(phone);
            if (onPage)
                _page.Show(_signal, phone);
            return phone;
        }
    }

    /// <param name="members">The first one is the admin.</param>
    /// <param name="withBot">True if the bot is a member from the start, without an update that says so.</param>
    public SandboxSignalGroup AddSignalGroup(string title, IEnumerable<SandboxSignalPhone> members, bool withBot = true, bool onPage = false)
    {
        lock (_world.Gate)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"sandbox signal group {_signal.Groups.Count}");
            var id = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            var group = new SandboxSignalGroup(_signal, id, title, members, withBot) { IsOnPage = onPage, Number = _signal.Groups.Count };
            _signal.Add(group);
            if (onPage)
                _page.Show(_signal, group);
            return group;
        }
    }

    // Numbers 555-0101 to 555-0199 of every area are reserved for fiction.
    private static string StoryNumber(int count) => string.Create(CultureInfo.InvariantCulture, $"+1{202 + count / 99}555{101 + count % 99:D4}");
}
