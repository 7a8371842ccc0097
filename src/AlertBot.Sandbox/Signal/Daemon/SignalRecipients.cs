using System.Text.RegularExpressions;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>The recipient of a call, in signal-cli's forms.</summary>
internal abstract record SignalRecipient
{
    private SignalRecipient() { }

    /// <param name="Identifier">A uuid or a number.</param>
    public sealed record Person(string Identifier) : SignalRecipient;

    public sealed record Group(string Id) : SignalRecipient;
}

/// <summary>Reads a call's recipients.</summary>
internal sealed partial class SignalRecipients(SignalWorld world)
{
    /// <summary>All recipients of a call, each once.</summary>
    /// <exception cref="SignalError">It names nobody, or a recipient in no valid form.</exception>
    public static IReadOnlyList<SignalRecipient> Of(SignalParams call)
    {
        List<SignalRecipient> to =
        [
            .. call.Texts("recipient").Select(Single).Distinct().Select(SignalRecipient (identifier) => new SignalRecipient.Person(identifier)),
            .. call.Texts("groupId").Select(GroupId).Distinct().Select(SignalRecipient (id) => new SignalRecipient.Group(id)),
        ];
        return to.Count > 0 ? to : throw new SignalError(SignalError.User, "No recipients given");
    }

    /// <summary>A uuid, or a number without the spaces that people type.</summary>
    /// <exception cref="SignalError">It is neither.</exception>
    public static string Single(string given)
    {
        if (Guid.TryParseExact(given, "D", out var id))
            return id.ToString();
        var number = NumberFiller().Replace(given, "");
        return Number().IsMatch(number)
            ? number
            : throw new SignalError(SignalError.User, $"Invalid phone number '{given}': No valid number");
    }

    /// <exception cref="SignalError">It is no group id.</exception>
    public static string GroupId(string given)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(given, bytes, out var length) && length is 16 or 32
            ? given
            : throw new SignalError(SignalError.User, "Invalid group id: " + given);
    }

    /// <param name="identifier">As <see cref="Single"/> gives it.</param>
    public Guid AuthorOf(string identifier) => identifier == world.BotNumber || identifier == world.BotId.ToString()
        ? world.BotId
        : world.Phone(identifier)?.Uuid ?? (Guid.TryParse(identifier, out var id) ? id : Guid.Empty);

    [GeneratedRegex(@"[\s()./-]")]
    private static partial Regex NumberFiller();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
