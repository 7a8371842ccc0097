using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// <c>propose:y|n|r:EVENT</c> under a fact that an advocate proposes: a coordinator puts it on file, refuses it, or reads its words first.
/// </summary>
public sealed class ProposePress(ProposeEvent propose) : IPress
{
    public string Prefix => "propose";

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':');
        if (talk.IsGroup || !talk.May(Role.Coordinator) || parts is not [var act, var text] || !Guid.TryParseExact(text, "N", out var guid))
        {
            talk.Notice("button.stale");
            return;
        }

        var id = new EventId(guid);
        var found = act switch
        {
            "y" => await propose.AcceptAsync(talk.Session, id),
            "n" => await propose.RefuseAsync(talk.Session, id),
            _ => await propose.FindAsync(talk.Session, id),
        };
        if (found is not var (file, @event))
            talk.Notice("propose.decided");
        else if (act is "y" or "n")
            talk.EditPressed(
                talk.Texts.Say(
                    talk.Language, act == "y" ? "propose.accepted" : "propose.not-accepted", ("code", file.Code.Text),
                    ("fact", CorrectEvent.FactLine(@event).In(talk.Language, talk.Texts))),
                [[talk.Button("button.details", $"case:{file.Code.Text}")]]);
        else
            await ReadAsync(talk, file, @event);
    }

    // Its words may name people: to whoever decides, in private, and in the audit log.
    private static async Task ReadAsync(Talk talk, CaseFile file, CaseEvent @event)
    {
        await talk.Session.Audit.AddAsync(talk.Person?.Id, AuditAct.CaseRead, file.Id.Value);
        talk.Reply(
            new CaseStory(talk.Texts, talk.Language, []).Timeline(file with { Events = [@event] }),
            [[
                new Choice(talk.Texts.Plain(talk.Language, "propose.accept"), $"propose:y:{@event.Id.Value:N}"),
                new Choice(talk.Texts.Plain(talk.Language, "propose.refuse"), $"propose:n:{@event.Id.Value:N}"),
            ]]);
    }
}
