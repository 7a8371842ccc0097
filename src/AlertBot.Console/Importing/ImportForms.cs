using AlertBot.Desk.Frame;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Importing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AlertBot.Desk.Importing;

/// <summary>What is done on the pages of files that are brought in.</summary>
internal static class ImportForms
{
    /// <summary>More than a file may have, so that one that is too large is refused in words.</summary>
    public const int MostBody = 2 * ReadImport.MostBytes;

    private const int LongestChoice = 100;

    public static void Map(RouteGroupBuilder posts)
    {
        posts.MapPost("/import/bring", (HttpContext context, DeskActs acts, StartImport start) => acts.RunToAsync(
            context, (session, form) => BringAsync(session, form, start))).WithMetadata(new RequestSizeLimitAttribute(MostBody));
        posts.MapPost("/import/{id}/run", (string id, HttpContext context, DeskActs acts, StartImport start) =>
            ActAsync(id, context, acts, start.RunAsync));
        posts.MapPost("/import/{id}/drop", (string id, HttpContext context, DeskActs acts, StartImport start) =>
            ActAsync(id, context, acts, start.DropAsync));
        posts.MapPost("/import/{id}/undo", (string id, HttpContext context, DeskActs acts, StartImport start) =>
            ActAsync(id, context, acts, start.UndoAsync));
    }

    public static string PageOf(ImportId id) => $"{DeskPlaces.Import}/{id.Value:N}";

    public static ImportId? Read(string? id) => Guid.TryParseExact(id, "N", out var read) ? new ImportId(read) : null;

    private static async Task<string> BringAsync(Session session, IFormCollection form, StartImport start)
    {
        if (Words.Read<ImportKind>(form["kind"]) is not { } kind || form.Files["file"] is not { Length: > 0 } file)
            return $"{DeskPlaces.Import}?{DeskActs.Said}=no-file";
        if (file.Length > ReadImport.MostBytes)
            return $"{DeskPlaces.Import}?{DeskActs.Said}=too-large";

        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content);
        return await start.BringAsync(session, kind, content.ToArray(), new ImportChoices
        {
            Zone = Choice(form, "zone"),
            Laws = Choice(form, "laws"),
            Case = Choice(form, "case"),
        }) is { } id
            ? PageOf(id)
            : $"{DeskPlaces.Import}?{DeskActs.Said}=refused";
    }

    private static string Choice(IFormCollection form, string name) =>
        form[name].ToString().Trim() is { Length: <= LongestChoice } text ? text : "";

    private static Task<IResult> ActAsync(string id, HttpContext context, DeskActs acts, Func<Session, ImportId, Task<bool>> act) => acts.RunToAsync(
        context, async (session, _) => Read(id) is { } import && await act(session, import)
            ? PageOf(import)
            : $"{(Read(id) is { } known ? PageOf(known) : DeskPlaces.Import)}?{DeskActs.Said}=refused");
}
