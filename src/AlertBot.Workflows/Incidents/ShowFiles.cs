using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// <c>file:all:CODE</c> and <c>file:open:FILE</c>: what witnesses sent, seen and heard in the private chat of whoever handles it, and gone
/// from there after an hour. Each look is in the audit log. What may tell of its maker is marked, and opened only on a second press.
/// </summary>
public sealed class ShowFiles : IPress
{
    public const string Press = "file";

    private static readonly Duration Shown = Duration.FromHours(1);
    private static readonly Duration WorthSending = Duration.FromHours(6);

    public string Prefix => Press;

    /// <summary>Coordinators, and whoever has the incident.</summary>
    public static bool May(Incident incident, Actor actor) =>
        actor.MayActAs(Role.Coordinator)
        || (actor.MayActAs(Role.Advocate) && incident.Handling == Handling.Taken && actor.Id is { } person && incident.TakenBy == person);

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':', 2);
        if (talk.IsGroup)
            talk.Notice("group.only-private");
        else if (parts is ["all", var typed] && IncidentCode.TryParse(typed, out var code)
            && await talk.Session.Incidents.FindAsync(code) is { } incident && talk.Person is not null && May(incident, talk.Session.Actor))
            await AllAsync(talk, incident);
        else if (parts is ["open", var id] && Guid.TryParseExact(id, "N", out var file))
            await OneAsync(talk, file);
        else
            talk.Notice("incident.not-allowed");
    }

    private static async Task AllAsync(Talk talk, Incident incident)
    {
        var (kept, missing) = (new List<KeptFile>(), await talk.Session.Incidents.FilesAsync(incident.Id));
        foreach (var report in await talk.Session.Reports.OfAsync(incident.Id))
            kept.AddRange(await talk.Session.ReportFiles.KeptAsync(report.Id));
        foreach (var file in kept)
        {
            if (FileCleaning.Clean(file.Content) is (var content, true))
                await ShowAsync(talk, incident, file, content);
            else
                talk.Reply(
                    talk.Texts.Say(talk.Language, "files.marked", ("code", incident.Code.Text), ("type", file.ContentType ?? file.Kind)),
                    [[talk.Button("files.open", $"{Press}:open:{file.Id:N}")]]);
        }

        if (missing > kept.Count)
            talk.Reply("files.not-yet", ("count", missing - kept.Count));
    }

    private static async Task OneAsync(Talk talk, Guid id)
    {
        if (await talk.Session.ReportFiles.OfAsync(id) is not var (report, of) || await talk.Session.Incidents.FindAsync(of) is not { } incident
            || talk.Person is null || !May(incident, talk.Session.Actor)
            || await talk.Session.ReportFiles.KeptAsync(report, id) is not [var file])
        {
            talk.Notice("incident.not-allowed");
            return;
        }

        await ShowAsync(talk, incident, file, FileCleaning.Clean(file.Content).Content);
    }

    private static async Task ShowAsync(Talk talk, Incident incident, KeptFile file, byte[] content)
    {
        await talk.Session.Audit.AddAsync(talk.Person!.Id, AuditAct.FileRead, incident.Id.Value, file.Id.ToString("N"));
        var (kind, name) = file.Kind switch
        {
            "photo" when content is [0xFF, 0xD8, ..] or [0x89, ..] => ("photo", "photo.jpg"),
            "voice" when content.AsSpan().StartsWith("OggS"u8) => ("voice", "voice.ogg"),
            _ => ("document", "file" + EndingOf(file.ContentType)),
        };
        var key = string.Create(CultureInfo.InvariantCulture, $"file:{file.Id:N}:{talk.UpdateId:N}");
        var repeat = talk.Texts.Say(talk.Language, "alert.repeat");
        var shown = new NewDelivery(
            key, talk.Here.Id, talk.Here.At.Channel, DeliveryPriority.Now,
            new OutgoingMessage(talk.Texts.Say(talk.Language, "files.shown", ("code", incident.Code.Text)))
            {
                File = new OutgoingFile(name, file.ContentType ?? "application/octet-stream", content) { Kind = kind },
            },
            repeat, talk.Now, talk.Now + WorthSending)
        {
            Needs = Role.Advocate,
        };
        var gone = new NewDelivery(
            key + ":gone", talk.Here.Id, talk.Here.At.Channel, DeliveryPriority.Urgent,
            new OutgoingMessage(talk.Texts.Say(talk.Language, "files.gone", ("code", incident.Code.Text))) { IsWithdrawal = true },
            repeat, talk.Now + Shown, talk.Now + Duration.FromHours(40))
        {
            Edits = shown.Id,
            Telling = Telling.Withdrawal,
        };
        await talk.Session.Outbox.AddAsync(shown, gone);
    }

    private static string EndingOf(string? type) => type switch
    {
        "video/mp4" => ".mp4",
        "video/quicktime" => ".mov",
        "application/pdf" => ".pdf",
        "image/heic" => ".heic",
        "audio/ogg" => ".ogg",
        "audio/mp4" => ".m4a",
        _ => "",
    };
}
