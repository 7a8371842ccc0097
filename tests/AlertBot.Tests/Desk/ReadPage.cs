using System.Diagnostics.CodeAnalysis;
using AlertBot.Desk.Frame;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Tests.Law;
using AlertBot.Tests.Texts;
using Microsoft.AspNetCore.Components.Forms;
using NodaTime;

namespace AlertBot.Tests.Desk;

/// <summary>A page that somebody has read, for the parts of it.</summary>
internal sealed class ReadPage : DeskPage
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    [SetsRequiredMembers]
    private ReadPage(Person person)
    {
        (Texts, Sessions, Database, Unreadable, Context) = (Catalogs.Shipped, null!, null!, null!, null!);
        IsReadBy(person, Noon);
    }

    /// <summary>An English-speaking coordinator in that zone.</summary>
    public static ReadPage In(string zone, PersonId? who = null) =>
        new(new Person(who ?? PersonId.New(), Role.Coordinator, "en", ShippedLaw.Zone(zone), IsFrozen: false));

    public string Say(string key, params (string Name, object Value)[] arguments) => T(key, arguments);

    protected override Task ReadAsync(Session session) => Task.CompletedTask;
}

/// <summary>Forms without their token: who may send them is for the pages to check.</summary>
internal sealed class NoToken : AntiforgeryStateProvider
{
    public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
}
