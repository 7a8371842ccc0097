using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary>
/// <c>/say CODE|advocates|all [WORDS]</c>: what is about to be said is shown first, with how many will get it, and leaves by a button.
/// </summary>
public sealed class SayCommand(Say say) : IChatCommand, IConversation, IPress
{
    private const int Version = 1;
    private const int Longest = 1_500;

    public string Name => "say";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Kind => Name;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var parts = arguments.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        var whom = parts.Length > 0 ? parts[0] : "";
        if (whom.Equals(Say.Advocates, StringComparison.OrdinalIgnoreCase) || whom.Equals(Say.All, StringComparison.OrdinalIgnoreCase))
            whom = whom.ToLowerInvariant();
        if (!talk.May(Needs) || await Say.ToAsync(talk.Session, whom) is null)
            talk.Reply("say.how");
        else if (parts.Length < 2)
            await AskAsync(talk, new State(whom, null), "say.ask");
        else
            await PreviewAsync(talk, whom, parts[1].Trim());
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (!talk.May(Needs) || saved.Read<State>(Version) is not { } state)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
        }
        else if (string.IsNullOrWhiteSpace(talk.Update.Text))
        {
            talk.Reply("talk.words-please");
        }
        else
        {
            await PreviewAsync(talk, state.Whom, talk.Update.Text.Trim());
        }
    }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is null
            || await talk.Session.Conversations.FindAsync(talk.Here.Id) is not { } saved || saved.Kind != Kind
            || saved.Read<State>(Version) is not { Words: { } words } state)
        {
            talk.Notice("button.stale");
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (data == "yes" && await say.RunAsync(talk.Session, state.Whom, words) is var (people, groups))
            talk.EditPressed(talk.Texts.Say(talk.Language, "say.done", ("people", people), ("groups", groups)));
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "triage.cancelled"));
    }

    private async Task PreviewAsync(Talk talk, string whom, string words)
    {
        if (words.Length > Longest)
        {
            talk.Reply("talk.too-long", ("limit", Longest));
            return;
        }

        var (people, groups) = Say.Counted(await Say.ToAsync(talk.Session, whom) ?? []);
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(whom, words));
        talk.Reply(
            talk.Texts.Say(talk.Language, "say.preview", ("people", people), ("groups", groups), ("text", words)),
            [[talk.Button("say.send", "say:yes"), talk.Button("button.cancel", "say:no")]]);
    }

    private async Task AskAsync(Talk talk, State state, string key)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, state);
        talk.Reply(key, ("whom", state.Whom));
    }

    /// <param name="Words">Null: not written yet.</param>
    private sealed record State(string Whom, string? Words)
    {
        public override string ToString() => "(say)";
    }
}
