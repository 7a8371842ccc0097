using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Chat;

/// <summary>A command of the chat, e.g. <c>/next</c>. Who lacks the role gets the same answer as for an unknown command.</summary>
public interface IChatCommand
{
    /// <summary>Without the slash, lower case; the same word in every language.</summary>
    string Name { get; }

    /// <summary>The least role that may use it.</summary>
    Role Needs { get; }

    /// <summary>Where it makes sense.</summary>
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

/// <summary>A conversation of several steps, saved between them. Commands end it, whatever it is.</summary>
public interface IConversation
{
    /// <summary>As it was saved with.</summary>
    string Kind { get; }

    /// <summary>Takes the next thing a person said. The role is checked again: it may have been lost meanwhile.</summary>
    Task ContinueAsync(Talk talk, Conversation saved);

    /// <summary>The person wants no more of it. It is ended afterwards.</summary>
    /// <returns>Key of what is said: what was kept, and what was not.</returns>
    Task<string> StopAsync(Talk talk, Conversation saved) => Task.FromResult("cancel.done");

    /// <summary>Whether pictures and the like say something here.</summary>
    bool TakesFiles => false;
}

/// <summary>Takes what is said in private by somebody who is in no conversation and gives no command.</summary>
public interface IFirstWords
{
    Task HearAsync(Talk talk);

    /// <summary>Somebody changed a message of theirs.</summary>
    /// <returns>False: what they changed is nothing of this.</returns>
    Task<bool> ChangedAsync(Talk talk);

    /// <summary>Somebody deleted a message of theirs for everyone.</summary>
    Task DeletedAsync(Talk talk, Domain.Channels.MessageRef message);
}

/// <summary>Hears what is said in private before anybody else does: a word that must work whatever else is going on.</summary>
public interface IOverhears
{
    /// <returns>True when it was meant for this, and nobody else is to take it.</returns>
    Task<bool> TakesAsync(Talk talk);
}

/// <summary>Takes what happens to a chat itself: the bot joins or leaves it, it moves, its members or a key change.</summary>
public interface IChatChanges
{
    Task HandleAsync(Talk talk, ChatChange change);
}

/// <summary>Hears that the owner of an address that an operator put on file has written on it for the first time.</summary>
public interface IFirstContact
{
    Task HeardAsync(Session session, Address address);
}

/// <summary>Takes presses of buttons whose data begins with its prefix and a colon.</summary>
public interface IPress
{
    string Prefix { get; }

    /// <param name="data">What follows the colon. Comes from outside: it may be stale, or forged.</param>
    Task PressAsync(Talk talk, string data);
}
