using AlertBot.Domain.Cases;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>takeback:EVENT</c> under what somebody just put on file by a button: it did not happen after all.</summary>
public sealed class TakeBackPress(CorrectEvent correct) : IPress
{
    public string Prefix => "takeback";

    public async Task PressAsync(Talk talk, string data)
    {
        if (!Guid.TryParseExact(data, "N", out var id) || await talk.Session.Cases.OfEventAsync(new EventId(id)) is not { } file)
        {
            talk.Notice("button.stale");
            return;
        }

        var known = file.Events.First(one => one.Id.Value == id);
        if (known.IsWithdrawn || await correct.SaveAsync(talk.Session, [known with { IsWithdrawn = true }]) is not { } saved)
        {
            talk.Notice(known.IsWithdrawn ? "answer.already" : "answer.not-allowed");
            return;
        }

        talk.EditPressed(
            talk.Texts.Say(
                talk.Language, "answer.taken-back", ("code", file.Code.Text),
                ("fact", CorrectEvent.FactLine(known).In(talk.Language, talk.Texts)), ("count", saved.Preview.Told.Count)),
            [[talk.Button("button.details", $"case:{file.Code.Text}")]]);
    }
}
