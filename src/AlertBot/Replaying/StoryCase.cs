using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>The story's invented case. The bot knows the name in two Latin spellings.</summary>
internal static class StoryCase
{
    private static readonly PersonName[] Names = [new("Azamat Oylanbayev"), new("Azamat Oilanbaev")];

    public static CaseCode Code { get; } = CaseCode.TryParse("K-7F3Q", out var code) ? code : default;

    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    public static async Task OpenAsync(Stage stage)
    {
        await using var session = await stage.Database.BeginAsync(CancellationToken.None);
        session.As(await stage.ActorAsync(session, stage.Cast.Coordinator));
        var file = await stage.Get<OpenCase>().RunAsync(session, Names, ["KZ", "CIS", "UN"], Zone, Code)
            ?? throw new InvalidOperationException("The case of the story cannot be opened.");
        await stage.SubscribeAsync(session, file.Id);
        await session.CommitAsync(CancellationToken.None);
    }
}
