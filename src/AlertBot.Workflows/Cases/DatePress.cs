using System.Globalization;
using AlertBot.Domain.Deadlines;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>date:ACT:DEADLINE</c> under a reminder: somebody follows the date up, puts it off, or wants to see all that can be pressed.</summary>
public sealed class DatePress(FollowUpDate dates, DateCard card, RestConversation untilDay) : IPress
{
    public string Prefix => ReminderButtons.Date;

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':', 2);
        if (parts.Length < 2 || !Guid.TryParseExact(parts[1], "N", out var id))
        {
            talk.Notice("button.stale");
            return;
        }

        if (talk.Person is null || await dates.FindAsync(talk.Session, new DeadlineId(id)) is not { } date)
        {
            talk.Notice(talk.Person is null ? "answer.not-allowed" : "date.over");
            return;
        }

        switch (parts[0])
        {
            case "follow" or "drop":
                await FollowAsync(talk, date, isDropped: parts[0] == "drop");
                break;
            case "snooze":
                card.Show(talk, date, new Line("date.until-when"), ReminderButtons.Rests(date.Date.Id, isAnyDay: !talk.IsGroup));
                break;
            case "until" when !talk.IsGroup:
                await untilDay.BeginAsync(talk, date);
                break;
            case "more":
                card.ShowAll(talk, date, await DateCard.OwnerOfAsync(talk.Session, date));
                break;
            default:
                if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is 1 or 3)
                    await RestAsync(talk, date, talk.Now + Duration.FromDays(days));
                else
                    talk.Notice("button.stale");
                break;
        }
    }

    /// <summary>Puts a date off, and says so wherever it was told.</summary>
    internal static async Task RestAsync(Talk talk, FollowUpDate dates, DateCard card, DateInHand date, Instant until)
    {
        if (await dates.RestAsync(talk.Session, date, until) is not { } rests)
        {
            talk.Notice("date.too-soon");
            if (talk.Update.Pressed is null)
                talk.Reply("date.too-soon");
            return;
        }

        var held = date with { Date = date.Date with { FollowUp = date.Date.FollowUp with { By = talk.Person?.Id, SnoozedUntil = rests } } };
        var last = new Line("date.rests", ("until", rests.InZone(date.Date.Deadline.Limit.Earliest.Zone)));
        card.Show(talk, held, last, ReminderButtons.InHand(held.File, held.Date.Id, isOwn: !talk.IsGroup));
        await card.ChangeOthersAsync(talk, held, last);
    }

    private Task RestAsync(Talk talk, DateInHand date, Instant until) => RestAsync(talk, dates, card, date, until);

    private async Task FollowAsync(Talk talk, DateInHand date, bool isDropped)
    {
        var held = await dates.FollowAsync(talk.Session, date, isDropped);
        talk.Notice(isDropped ? "date.dropped" : "date.followed");
        card.Show(talk, held, null, isDropped || talk.IsGroup ? null : ReminderButtons.InHand(held.File, held.Date.Id, isOwn: true));
        await card.ChangeOthersAsync(talk, held, null);
    }
}
