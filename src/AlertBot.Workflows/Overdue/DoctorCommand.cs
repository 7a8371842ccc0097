using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Overdue;

/// <summary><c>/doctor</c>: shows owners what is not well, in the words of the command line.</summary>
public sealed class DoctorCommand(Checkup checkup) : IChatCommand
{
    public string Name => "doctor";

    public Role Needs => Role.Owner;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var findings = await checkup.LookAsync(talk.Cancelled);
        var bad = findings.Where(one => !one.IsWell).ToList();
        var lines = bad.Select(one => RichText.Of($"{one.What}: ", TextStyle.Bold) + RichText.Of(one.Sentence));
        talk.Reply(RichText.Join(
            "\n", lines.Prepend(talk.Texts.Say(talk.Language, "doctor.title", ("all", findings.Count), ("bad", bad.Count)))));
    }
}
