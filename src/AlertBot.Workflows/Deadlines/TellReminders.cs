using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// Tells what is due of a case to all who follow it. A question goes to whoever follows the date up, then to all who follow the
/// case, then to coordinators: what is critical never waits for that.
/// </summary>
public sealed class TellReminders(Alerts alerting, WhatMustBeDone must)
{
    /// <param name="followers">Who hears of the case.</param>
    public async Task RunAsync(Session session, CaseFile file, IEnumerable<Reminder> reminders, IReadOnlyCollection<Subscriber> followers)
    {
        foreach (var same in ReminderAlert.Together(reminders))
        {
            var owner = followers.Where(one => one.Person is not null && same.Exists(reminder => reminder.FollowUp.By == one.Person)).ToList();
            var draft = ReminderAlert.Of(file, same, owner.Count > 0 ? owner[0].Role : null, must.Of(same[0].Deadline));
            var to = await ToAsync(session, draft, same[0], followers, owner);

            // A question that goes further may find nobody new. A first telling that finds nobody waits for the first who can be told.
            if (to.Count > 0 || !same[0].IsUnanswered)
                await alerting.RaiseAsync(session, draft, to);
        }
    }

    private static async Task<IReadOnlyCollection<Subscriber>> ToAsync(
        Session session, AlertDraft draft, Reminder first, IReadOnlyCollection<Subscriber> followers, List<Subscriber> owner)
    {
        if (!QuestionPolicy.GoesFurther(first.Deadline.Kind) || first.Due.Kind == RungKind.Before)
            return followers;

        bool IsNew(Subscriber one) => followers.All(other => other.Address != one.Address);
        return (first.FollowUp.AskedOf, first.IsUnanswered) switch
        {
            (AskedOf.Owner, _) when owner.Count > 0 && draft.Severity < Severity.Critical => owner,
            (AskedOf.Followers, true) => owner.Count == 0 ? [] : followers.Where(one => owner.All(other => other.Address != one.Address)).ToList(),
            (AskedOf.Coordinators, true) => (await Recipients.CoordinatorsAsync(session)).Where(IsNew).ToList(),
            (AskedOf.Coordinators, _) => [.. followers, .. (await Recipients.CoordinatorsAsync(session)).Where(IsNew)],
            _ => followers,
        };
    }
}
