using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>A reminder as it stands now: who follows the date up, until when it rests, what can be pressed.</summary>
public sealed class DateCard(ReminderPolicy policy, AlertCards cards, WhatMustBeDone must)
{
    /// <param name="buttons">Null: those of the reminder as it came.</param>
    public void Show(Talk talk, DateInHand date, Line? last, IReadOnlyList<IReadOnlyList<(string Key, string Data)>>? buttons = null) =>
        Show(talk, DraftOf(date, talk.Now, RoleOf(talk, date), last), buttons);

    /// <summary>All that can be pressed under it.</summary>
    public void ShowAll(Talk talk, DateInHand date, Role? owner) => Show(
        talk, DraftOf(date, talk.Now, owner, null), ReminderButtons.All(date.File, ReminderOf(date, talk.Now)));

    /// <summary>The same reminder hangs in other chats: nobody there should follow up what somebody follows up.</summary>
    public Task ChangeOthersAsync(Talk talk, DateInHand date, Line? last)
    {
        var draft = DraftOf(date, talk.Now, RoleOf(talk, date), last);
        return cards.ChangeAsync(
            talk.Session, date.File.Id, $"reminder:{date.Date.Id.Value:N}:{date.Date.LastReminder}:",
            language => draft.MessageIn(language, talk.Texts), talk.Here.Id);
    }

    /// <summary>By role: the card may hang in a group.</summary>
    public static async Task<Role?> OwnerOfAsync(Session session, DateInHand date) => date.Date.FollowUp.By is not { } by ? null
        : (await session.Subscriptions.FollowersAsync(date.File.Id)).FirstOrDefault(one => one.Person == by)?.Role;

    private static Role? RoleOf(Talk talk, DateInHand date) => date.Date.FollowUp.By is null ? null : talk.Person?.Role;

    private static void Show(Talk talk, AlertDraft draft, IReadOnlyList<IReadOnlyList<(string Key, string Data)>>? buttons)
    {
        var shown = buttons is null ? draft : draft with { Buttons = buttons };
        talk.EditPressed(shown.TextIn(talk.Language, talk.Texts), shown.ChoicesIn(talk.Language, talk.Texts));
    }

    private AlertDraft DraftOf(DateInHand date, Instant now, Role? owner, Line? last)
    {
        var draft = ReminderAlert.Of(date.File, [ReminderOf(date, now)], owner, must.Of(date.Date.Deadline));
        return last is null ? draft : draft with { Lines = [.. draft.Lines, last] };
    }

    // What was said before the date had come is, once it has, the question of what happened.
    private Reminder ReminderOf(DateInHand date, Instant now) => new(
        date.Date.Id, date.Date.Deadline,
        policy.Again(date.Date.Deadline, date.Date.LastReminder, now) ?? new DueReminder("", RungKind.Ask, now, Duration.Zero))
    {
        FollowUp = date.Date.FollowUp,
    };
}
