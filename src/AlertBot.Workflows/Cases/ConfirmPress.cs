using AlertBot.Domain.Cases;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>confirm:EVENT</c> under alerts and cases: the second person confirms a date.</summary>
public sealed class ConfirmPress(RecordEvent record) : IPress
{
    public string Prefix => "confirm";

    public async Task PressAsync(Talk talk, string data)
    {
        if (!Guid.TryParseExact(data, "N", out var id))
        {
            talk.Notice("button.stale");
            return;
        }

        var outcome = talk.Person is not null
            ? await record.ConfirmAsync(talk.Session, new EventId(id))
            : Confirmation.NotAllowed;
        talk.Notice(outcome switch
        {
            Confirmation.Done => "event.confirmed",
            Confirmation.DoneBefore => "event.confirmed-before",
            Confirmation.NeedsAnother => "event.needs-another",
            _ => "answer.not-allowed",
        });
        if (outcome == Confirmation.Done)
            await CardAsync(talk, new EventId(id));
    }

    // The card that asked now says that it is answered. Its code and kind only: it may hang in a group.
    private static async Task CardAsync(Talk talk, EventId id)
    {
        if (await talk.Session.Cases.OfEventAsync(id) is not { } file || file.Events.FirstOrDefault(one => one.Id == id) is not { } @event)
            return;

        talk.EditPressed(
            talk.Texts.Say(
                talk.Language, "event.confirmed-card",
                ("code", file.Code.Text), ("kind", @event.Kind), ("when", @event.When!), ("role", talk.Person!.Role)),
            [[talk.Button("button.details", $"case:{file.Code.Text}")]]);
    }
}
