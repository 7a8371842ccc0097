using System.Reflection;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Subscribing;

namespace AlertBot.IntegrationTests.Support;

/// <param name="Of">The class that does it.</param>
/// <param name="Method">Its method.</param>
internal sealed record CaseAct(string What, Type Of, string Method, Func<CaseWorld, Session, Task<object?>> Try)
{
    public string Name => $"{Of.Name}.{Method}";
}

/// <summary>
/// Every act on a case or an incident that somebody may ask for, with a trial of it. <see cref="Known"/> finds them in the program, so that a new one
/// without a line here fails.
/// </summary>
internal static class CaseActs
{
    public static readonly IReadOnlyList<CaseAct> All =
    [
        Of<RecordEvent>("put a fact on file", "RunAsync", (world, session, act) => act.RunAsync(session, world.File.Id, NewFact(world))),
        Of<RecordEvent>("confirm a date as the second person", "ConfirmAsync", (world, session, act) => act.ConfirmAsync(session, world.Fact.Id)),
        Of<ProposeEvent>("propose a fact", "RunAsync", (world, session, act) => act.RunAsync(session, world.File.Id, NewFact(world))),
        Of<ProposeEvent>("read a proposed fact", "FindAsync", (world, session, act) => act.FindAsync(session, world.Proposed)),
        Of<ProposeEvent>("accept a proposed fact", "AcceptAsync", (world, session, act) => act.AcceptAsync(session, world.Proposed)),
        Of<ProposeEvent>("refuse a proposed fact", "RefuseAsync", (world, session, act) => act.RefuseAsync(session, world.Proposed)),
        Of<PreviewFact>("see which dates a fact would move", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.File.Id, NewFact(world))),
        Of<CorrectEvent>("see which dates a correction would move", "PreviewAsync", (world, session, act) =>
            act.PreviewAsync(session, Changed(world))),
        Of<CorrectEvent>("correct a fact", "SaveAsync", (world, session, act) => act.SaveAsync(session, Changed(world))),
        Of<ChangeCase>("see what a change of the case would move", "PreviewAsync", (world, session, act) =>
            act.PreviewAsync(session, world.File.Code, NewCode)),
        Of<ChangeCase>("change names, place, law or code of a case", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.File.Code, NewCode)),
        Of<JoinCases>("join two cases", "RunAsync", (world, session, act) => act.RunAsync(session, world.File.Code, world.Other.Code)),
        Of<ExportCase>("export a case as JSON", "JsonAsync", (world, session, act) => act.JsonAsync(session, world.File.Code)),
        Of<ExportCase>("export a case as CSV", "CsvAsync", (world, session, act) => act.CsvAsync(session, world.File.Code)),
        Of<ExportCase>("export the dates of a case", "IcsAsync", (world, session, act) => act.IcsAsync(session, world.File.Code, "en")),
        Of<ReadDates>("read the next dates of a case", "OfAsync", (world, session, act) => act.OfAsync(session, world.File.Code)),
        Of<FollowUpDate>("follow up a date, or put it off", "FindAsync", (world, session, act) => act.FindAsync(session, world.Date)),
        Of<AnswerReminder>("answer what happened when a date passed", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.Date, AnswerReminder.DontKnow)),
        Of<Subscribe>("ask to follow a case", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.File.Code, world.HereOf(session.Actor))),
        Of<Subscribe>("agree that somebody follows a case", "AnswerAsync", (world, session, act) =>
            act.AnswerAsync(session, world.File.Code, world.Waiting, isAgreed: true)),
        Of<Subscribe>("stop following a case", "EndAsync", (world, session, act) =>
            act.EndAsync(session, world.File.Code, world.HereOf(session.Actor))),
        Of<FollowAs>("say as what somebody stands behind a case", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.File.Code, world.Waiting, CasePart.Lawyer)),
        Of<LinkGroup>("let a group hear of a case", "RunAsync", (world, session, act) => act.RunAsync(session, world.File.Code, world.Group)),
        Of<LinkGroup>("end that", "EndAsync", (world, session, act) => act.EndAsync(session, world.File.Code, world.Group)),
        Of<SendAlert>("tell all followers something", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.File.Code, new AlertKind("notice"), Severity.Notice, "Words")),

        Of<TakeIncident>("take an incident", "RunAsync", (world, session, act) => act.RunAsync(session, world.Incident.Id)),
        Of<AnswerIncident>("say that one cannot take it", "CannotAsync", (world, session, act) => act.CannotAsync(session, world.Incident.Id)),
        Of<AnswerIncident>("say that one is still on it", "StillAsync", (world, session, act) => act.StillAsync(session, world.Incident.Id)),
        Of<AnswerIncident>("hand it on", "HandOnAsync", (world, session, act) => act.HandOnAsync(session, world.Incident.Id)),
        Of<NoteOnIncident>("leave a note on it", "RunAsync", (world, session, act) => act.RunAsync(session, world.Incident.Id, "Words")),
        Of<VerifyIncident>("verify it", "RunAsync", (world, session, act) => act.RunAsync(session, world.Incident.Id)),
        Of<TellWhom>("choose who is told of it", "RunAsync", (world, session, act) =>
            OnceVerifiedAsync(world, session, () => act.RunAsync(session, world.Incident.Id, "adv"))),
        Of<AskReporter>("ask its reporter", "AskAsync", (world, session, act) => act.AskAsync(session, world.Incident.Id, "Where?")),
        Of<AttachIncident>("attach it to a case", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.OtherIncident.Id, world.Other.Code)),
        Of<AttachIncident>("open a case for it", "ToNewCaseAsync", (world, session, act) =>
            act.ToNewCaseAsync(session, world.OtherIncident.Id, "KZ")),
        Of<DetachIncident>("part it from its case", "RunAsync", (world, session, act) => act.RunAsync(session, world.Incident.Id)),
        Of<RetractIncident>("call it a false alarm", "FalseAlarmAsync", (world, session, act) => act.FalseAlarmAsync(session, world.Incident.Id)),
        Of<RetractIncident>("correct what was told of it", "CorrectAsync", (world, session, act) =>
            act.CorrectAsync(session, world.Incident.Id, "Words")),
        Of<RetractIncident>("say that it is the same as another", "DuplicateAsync", (world, session, act) =>
            act.DuplicateAsync(session, world.OtherIncident.Id, world.Incident.Id)),
        Of<CloseIncident>("close it, or propose to", "RunAsync", (world, session, act) =>
            act.RunAsync(session, world.Incident.Id, Outcome.Other)),
        Of<CloseIncident>("say that it goes on", "GoesOnAsync", (world, session, act) => act.GoesOnAsync(session, world.Incident.Id)),
        Of<ReopenIncident>("open it again", "RunAsync", (world, session, act) => act.RunAsync(session, world.Incident.Id)),

        new("read a case", typeof(CaseAccess), "FindAsync", async (world, session) => await CaseAccess.FindAsync(session, world.File.Code)),
        new("read an incident", typeof(IncidentAccess), "FindAsync", async (world, session) =>
            await IncidentAccess.FindAsync(session, world.Incident.Code)),
    ];

    /// <summary>What looks like an act and is asked for by nobody, with why.</summary>
    private static readonly Dictionary<string, string> Inner = new()
    {
        ["CaseAccess.MaySeeAsync"] = "the gate itself",
        ["ReadDates.NextAsync"] = "after the gate",
        ["CloseIncident.RecordAsync"] = "part of closing",
        ["IncidentAlerts.CardAsync"] = "part of sending again, which asks for an owner",
    };

    private static readonly Type[] Subjects =
        [typeof(CaseId), typeof(CaseCode), typeof(IncidentId), typeof(IncidentCode), typeof(EventId), typeof(Domain.Deadlines.DeadlineId),
            typeof(IReadOnlyList<CaseEvent>)];

    /// <summary>The acts that the program has: what takes a session and the name of a case, an incident, a fact or a date, and answers.</summary>
    public static IEnumerable<string> Known => typeof(CaseAccess).Assembly.GetTypes().Where(type => type.IsPublic)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType.IsGenericType && method.GetParameters() is [{ ParameterType: var first }, .. var others]
            && first == typeof(Session) && others.Any(other => Subjects.Contains(other.ParameterType))
            // A question does nothing by itself: the act that puts it is here.
            && !method.ReturnType.IsAssignableTo(typeof(Question)))
        .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().Except(Inner.Keys);

    // Nobody chooses who is told of something before it is verified.
    private static async Task<T> OnceVerifiedAsync<T>(CaseWorld world, Session session, Func<Task<T>> attempt)
    {
        await session.Incidents.SaveAsync(world.Incident with { Standing = Standing.Verified });
        return await attempt();
    }

    private static CaseChange NewCode => CaseChange.None with { NewCode = true };

    private static CaseEvent NewFact(CaseWorld world) => new EventDraft("status_note") { At = "2026-03-02" }.Read(world.File.Zone).Event!;

    private static IReadOnlyList<CaseEvent> Changed(CaseWorld world) => [world.Fact with { When = world.Fact.When! with { Day = new(2026, 2, 28) } }];

    private static CaseAct Of<T>(string what, string method, Func<CaseWorld, Session, T, Task> attempt)
        where T : class => new(what, typeof(T), method, async (world, session) =>
    {
        var task = attempt(world, session, world.Bot.Get<T>());
        await task;
        var result = task.GetType().GetProperty("Result")!.GetValue(task);
        return result?.GetType().Name == "VoidTaskResult" ? throw new InvalidOperationException($"The trial of {what} loses its result.") : result;
    });
}
