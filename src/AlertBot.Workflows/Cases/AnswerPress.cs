using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary><c>what:DEADLINE:ANSWER</c> under a reminder that asks what happened.</summary>
public sealed class AnswerPress(AnswerReminder answers) : IPress
{
    private const string No = "no";

    private static readonly Duration EditsExpire = Duration.FromDays(1);

    public string Prefix => "what";

    public async Task PressAsync(Talk talk, string data)
    {
        if (data == No)
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, "event.cancelled"));
            return;
        }

        var parts = data.Split(':', 2);
        if (parts.Length < 2 || !Guid.TryParseExact(parts[0], "N", out var id))
        {
            talk.Notice("button.stale");
            return;
        }

        var outcome = talk.Person is not null
            ? await answers.RunAsync(talk.Session, new DeadlineId(id), parts[1])
            : new ReminderAnswer.NotAllowed();
        switch (outcome)
        {
            case ReminderAnswer.Taken taken:
                talk.Notice(taken.Kind is null ? "answer.noted" : "answer.thanks");
                var given = parts[1].TrimEnd('!');
                talk.EditPressed(Card(talk, talk.Language, taken, given), ButtonsOf(talk, taken));
                await ChangeOthersAsync(talk, taken, given, isAside: given != parts[1]);
                if (taken.Kind is null && parts[1] == AnswerReminder.IsDone && !talk.IsGroup && talk.May(Role.Coordinator))
                    talk.Reply(talk.Texts.Say(talk.Language, "answer.tell-more"), [[talk.Button("button.record", $"record:{taken.File.Code.Text}")]]);
                break;
            case ReminderAnswer.Sure sure:
                AskOnceMore(talk, sure, data);
                break;
            case ReminderAnswer.Answered:
                talk.Notice("answer.already");
                break;
            default:
                talk.Notice("answer.not-allowed");
                break;
        }
    }

    // The question stays where it is: what is asked once more comes beside it.
    private static void AskOnceMore(Talk talk, ReminderAnswer.Sure sure, string data) => talk.Reply(
        talk.Texts.Say(
            talk.Language, "answer.sure", ("code", sure.File.Code.Text), ("kind", sure.Kind), ("people", sure.People), ("groups", sure.Groups)),
        [[talk.Button("answer.yes-file", $"what:{data}{AnswerReminder.IsSure}"), talk.Button("button.no", $"what:{No}")]]);

    // Whoever pressed may take it back; the cards of the others have no such button.
    private static IReadOnlyList<IReadOnlyList<Choice>> ButtonsOf(Talk talk, ReminderAnswer.Taken taken) =>
        taken is { Kind: { } kind, Event: { } @event } && EventKinds.StandDown.Contains(kind)
            ? [[talk.Button("answer.take-back", $"takeback:{@event.Value:N}"), .. Buttons(talk, talk.Language, taken)[0]]]
            : Buttons(talk, talk.Language, taken);

    // Who answered is told by role: the card may hang in a group.
    private static RichText Card(Talk talk, string language, ReminderAnswer.Taken taken, string answer) => talk.Texts.Say(
        language, "answer.card",
        ("code", taken.File.Code.Text), ("kind", taken.Asked.Deadline.Kind), ("day", taken.Asked.Deadline.Limit.Earliest),
        ("answer", answer switch
        {
            AnswerReminder.DontKnow => talk.Texts.Say(language, "button.dont-know"),
            AnswerReminder.IsDone => talk.Texts.Say(language, "button.done"),
            _ => talk.Texts.Say(language, "event." + answer),
        }),
        ("role", talk.Person!.Role));

    private static IReadOnlyList<IReadOnlyList<Choice>> Buttons(Talk talk, string language, ReminderAnswer.Taken taken) =>
        [[new Choice(talk.Texts.Plain(language, "button.details"), $"case:{taken.File.Code.Text}")]];

    // The same question hangs in other chats: nobody there should go looking for an answer that is known.
    private static async Task ChangeOthersAsync(Talk talk, ReminderAnswer.Taken taken, string answer, bool isAside)
    {
        var asked = string.Create(CultureInfo.InvariantCulture, $"reminder:{taken.Asked.Id.Value:N}:{taken.Asked.LastReminder}:");
        foreach (var (delivery, to) in await talk.Session.Outbox.SentAsync(taken.File.Id, asked))
        {
            if ((to == talk.Here.Id && !isAside) || await talk.Session.Addresses.FindAsync(to) is not { IsDark: false } address)
                continue;

            await talk.Session.Outbox.AddAsync(new NewDelivery(
                $"answered:{delivery.Value:N}", to, address.At.Channel, DeliveryPriority.Urgent,
                new OutgoingMessage(Card(talk, address.Language, taken, answer), Buttons(talk, address.Language, taken)),
                talk.Texts.Say(address.Language, "alert.repeat"), talk.Now, talk.Now + EditsExpire)
            {
                Edits = delivery,
            });
        }
    }
}
