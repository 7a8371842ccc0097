using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.BrowserTests.Support;

/// <summary>Invented people: three phones and a forum on the page, and some people off it.</summary>
internal sealed record Cast(SandboxPhone Reporter, SandboxPhone Advocate, SandboxPhone Coordinator, SandboxGroup Group)
{
    public static Cast Add(SandboxServer sandbox)
    {
        var reporter = sandbox.AddPerson("Aigul S.", "ru", "reporter", Zone("Asia/Almaty"), onPage: true);
        var advocate = sandbox.AddPerson("Marta Nowak", "en", "advocate", Zone("Europe/Warsaw"), onPage: true);
        var coordinator = sandbox.AddPerson("Farhad", "fa", "coordinator", Zone("Europe/Vienna"), onPage: true);
        var unseen = sandbox.AddPerson("Dana", role: "advocate");
        sandbox.AddGroup("Unseen group", [advocate]);
        var group = sandbox.AddGroup("Night watch", [coordinator, advocate, unseen], isForum: true, onPage: true);
        group.AddTopic("Astana");
        group.AddTopic("Warsaw");
        return new Cast(reporter, advocate, coordinator, group);
    }

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];
}
