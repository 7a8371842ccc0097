using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Chat;

/// <summary>A command of the chat, such as <c>/next</c>. A person without the role gets the same answer as for an unknown command.</summary>
public interface IChatCommand
{
    /// <summary>Without the slash, lower case, the same in every language.</summary>
    string Name { get; }

    /// <summary>The least role that may use it.</summary>
    Role Needs { get; }

    /// <summary>The chats in which it works.</summary>
    CommandPlace Place { get; }

    /// <summary>Whether the question that was open is left with it. False: it stays, and is answered afterwards.</summary>
    bool LeavesTalk => true;

    /// <param name="arguments">What follows the command, trimmed.</param>
    Task RunAsync(Talk talk, string arguments);
}

public enum CommandPlace
{
    Private,
    Group,
    Anywhere,
}

/// <summary>A conversation of several steps, saved between them. Any command ends it.</summary>
public interface IConversation
{
    /// <summary>The name under which it is saved.</summary>
    string Kind { get; }

    /// <summary>Handles the person's next message. It checks the role again, since the person may have lost it.</summary>
    Task ContinueAsync(Talk talk, Conversation saved);

    /// <summary>The person wants no more of it. It is ended afterwards.</summary>
    /// <returns>Key of what is said: what was kept, and what was not.</returns>
    Task<string> StopAsync(Talk talk, Conversation saved) => Task.FromResult("cancel.done");

    /// <summary>Whether pictures and the like say something here.</summary>
    bool TakesFiles => false;
}

/// <summary>Handles private messages outside any conversation and command.</summary>
public interface IFirstWords
{
    Task HearAsync(Talk talk);

    /// <summary>Handles a person's edit of an earlier message.</summary>
    /// <returns>False if the message does not belong here.</returns>
    Task<bool> ChangedAsync(Talk talk);

    /// <summary>Handles a message that its author deleted for everyone.</summary>
    Task DeletedAsync(Talk talk, Domain.Channels.MessageRef message);
}

/// <summary>Sees every private message first: for words that must work at any time.</summary>
public interface IOverhears
{
    /// <returns>True if it handled the message, which nobody else then gets.</returns>
    Task<bool> TakesAsync(Talk talk);
}

/// <summary>Handles changes of a chat itself: the bot joins or leaves it, the chat moves, its members or a key change.</summary>
public interface IChatChanges
{
    Task HandleAsync(Talk talk, ChatChange change);
}

/// <summary>Handles the first message from an address that an operator had imported.</summary>
public interface IFirstContact
{
    Task HeardAsync(Session session, Address address);
}

/// <summary>Handles presses of buttons whose data begins with its prefix and a colon.</summary>
public interface IPress
{
    string Prefix { get; }

    /// <param name="data">The part after the colon. It comes from outside and may be stale or forged.</param>
    Task PressAsync(Talk talk, string data);
}
