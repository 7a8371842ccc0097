using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>Sends to people and groups as signal-cli does, and reports each message's outcome.</summary>
internal sealed class SignalSending(SignalWorld world, SignalRecipients recipients, SandboxSignal settings)
{
    public JsonNode Send(SignalParams call)
    {
        var to = SignalRecipients.Of(call);
        var message = SignalContent.Read(world, recipients, call);
        if (message.Text.Length == 0 && message.Files.Count == 0 && message.Quote is null)
            throw new SignalError(SignalError.User, "Sending empty message is not allowed, either a message, attachment or sticker must be given.");

        return call.Number("editTimestamp") is { } target
            ? Deliver(to, isContent: true, (chat, phones, timestamp) => Edit(chat, phones, message, target, timestamp))
            : Deliver(to, isContent: true, (chat, phones, timestamp) => Put(chat, phones, message, timestamp));
    }

    public JsonNode SendReaction(SignalParams call)
    {
        var to = SignalRecipients.Of(call);
        var emoji = call.Text("emoji") ?? throw new SignalError(SignalError.InternalError, "Parameter emoji is missing (NullPointerException)");
        var author = call.Text("targetAuthor") is { } name
            ? recipients.AuthorOf(SignalRecipients.Single(name))
            : to is [SignalRecipient.Person only] ? recipients.AuthorOf(only.Identifier) : throw new SignalError(
                SignalError.InternalError, "No author (NullPointerException)");
        var target = call.Number("targetTimestamp") ?? throw new SignalError(SignalError.InternalError, "No target (NullPointerException)");
        var isRemove = call.Flag("remove");
        return Deliver(to, isContent: false, (chat, _, _) =>
        {
            if (chat.Find(target, author) is { } message)
                world.Put(chat, message.With(world.BotId, isRemove ? null : emoji));
        });
    }

    public JsonNode RemoteDelete(SignalParams call)
    {
        var to = SignalRecipients.Of(call);
        var target = call.Number("targetTimestamp") ?? throw new SignalError(SignalError.InternalError, "No target (NullPointerException)");
        return Deliver(to, isContent: false, (chat, _, _) =>
        {
            if (chat.Find(target, world.BotId) is { } message)
                world.Put(chat, message.Trace());
        });
    }

    public JsonNode SendReceipt(SignalParams call)
    {
        if (call.Text("type") is { } type && type is not ("read" or "viewed"))
            throw new SignalError(SignalError.User, "Unknown receipt type: " + type);
        var read = call.Numbers("targetTimestamp");
        var phone = new SignalRecipient.Person(SignalRecipients.Single(call.Texts("recipient") is [var given, ..] ? given : ""));
        return Deliver([phone], isContent: false, (chat, phones, _) =>
        {
            var author = phones[0].Uuid;
            foreach (var message in read.Select(timestamp => chat.Find(timestamp, author)).OfType<SandboxSignalMessage>())
                world.Put(chat, message with { ReadBy = [.. message.ReadBy.Append(world.BotId).Distinct()] });
        });
    }

    public JsonNode SendTyping(SignalParams call) => Deliver(
        SignalRecipients.Of(call), isContent: false, (chat, _, _) => chat.BotTypes(!call.Flag("stop")));

    /// <summary>Accepts an invitation, as any change of a group does. The sandbox has no other changes.</summary>
    public JsonNode UpdateGroup(SignalParams call)
    {
        if (call.Text("groupId") is not { } given)
            throw new SignalError(SignalError.User, "Failed to create group");
        var id = SignalRecipients.GroupId(given);
        if (world.Group(id) is { IsBotInvited: true } group)
        {
            var timestamp = world.NextTimestamp();
            group.Accept(timestamp);
            return SignalOutcome.Report(timestamp, [.. group.Members.Select(member => Try(member, member.Uuid.ToString(), null))], settings);
        }

        CheckGroup(id, isContent: false);
        return SignalOutcome.Answer(world.NextTimestamp(), [], settings);
    }

    /// <summary>Does the act for every recipient it reaches, and reports each outcome.</summary>
    /// <param name="act">Gets the chat, the recipients it reaches there, and the timestamp that names the message.</param>
    private JsonObject Deliver(
        IReadOnlyList<SignalRecipient> to, bool isContent, Action<SandboxSignalChat, IReadOnlyList<SandboxSignalPhone>, long> act)
    {
        foreach (var group in to.OfType<SignalRecipient.Group>())
            CheckGroup(group.Id, isContent);

        var timestamp = world.NextTimestamp();
        var outcomes = new List<SignalOutcome>();
        foreach (var recipient in to)
        {
            if (recipient is SignalRecipient.Group { Id: var id })
            {
                var group = world.Group(id)!;
                var each = group.Members.Select(member => Try(member, member.Uuid.ToString(), id)).ToList();
                outcomes.AddRange(each);
                if (each.Count == 0 || each.Exists(outcome => outcome.IsSuccess))
                    act(group.Chat, [.. each.Where(outcome => outcome.IsSuccess).Select(outcome => outcome.Phone!)], timestamp);
                continue;
            }

            var identifier = ((SignalRecipient.Person)recipient).Identifier;
            var one = Try(world.Phone(identifier), identifier, null);
            outcomes.Add(one);
            if (one is { IsSuccess: true, Phone: { } phone })
            {
                phone.NumberIsKnown |= identifier == phone.Number;
                world.Refusals.Count(phone);
                act(phone.Chat, [phone], timestamp);
            }
        }

        return SignalOutcome.Answer(timestamp, outcomes, settings);
    }

    private void CheckGroup(string id, bool isContent)
    {
        if (world.Group(id) is not { IsKnownToBot: true } group)
            throw new SignalError(SignalError.User, "Group not found: " + id);
        if (!group.HasBot)
            throw new SignalError(SignalError.User, $"User is not a member in group: {group.Title} ({id})");
        if (group.IsForAnnouncements && isContent)
            throw new SignalError(SignalError.User, $"Cannot send message to group, only admins are allowed to send: {group.Title} ({id})");
    }

    private SignalOutcome Try(SandboxSignalPhone? phone, string identifier, string? group)
    {
        if (recipients.AuthorOf(identifier) == world.BotId)
            return new SignalOutcome(null, identifier, "SUCCESS", group);
        if (world.Inbox.IsCutOff)
            return new SignalOutcome(phone, identifier, "NETWORK_FAILURE", group);
        if (phone is not { IsRegistered: true })
            return new SignalOutcome(phone, identifier, "UNREGISTERED_FAILURE", group);
        if (world.Refusals.Check(phone) is { } refusal)
            return new SignalOutcome(phone, identifier, refusal.Type, group) { Refusal = refusal };
        phone.IsKnownToBot = true;
        return new SignalOutcome(phone, identifier, phone.IsTrusted ? "SUCCESS" : "IDENTITY_FAILURE", group);
    }

    private void Put(SandboxSignalChat chat, IReadOnlyList<SandboxSignalPhone> phones, SandboxSignalMessage message, long timestamp)
    {
        if (chat.Person is { HasBlockedBot: true })
            return;
        message = message with
        {
            Timestamp = timestamp,
            NeverSentTo = [.. (chat.Group?.Members ?? []).Except(phones).Select(missed => missed.Uuid)],
        };
        chat.BotTypes(false);
        world.Put(chat, message);
        foreach (var phone in phones.Where(phone => !phone.HasBlockedBot))
            phone.Get(chat, message, timestamp);
    }

    /// <summary>signal-cli sends any edit. The phone ignores one that is too late or one too many, and nobody is told.</summary>
    private void Edit(
        SandboxSignalChat chat, IReadOnlyList<SandboxSignalPhone> phones, SandboxSignalMessage message, long target, long timestamp)
    {
        if (chat.Person is { HasBlockedBot: true } || chat.Find(target, world.BotId) is not { } old)
            return;
        if (timestamp - old.Timestamp > SandboxSignal.EditableFor.TotalMilliseconds || old.Edits.Count >= SandboxSignal.MostEdits)
            return;

        var edited = world.Put(chat, old with
        {
            Text = message.Text,
            Styles = message.Styles,
            Edits = [.. old.Edits, timestamp],
            EditedAt = world.Now,
        });
        foreach (var phone in phones.Where(phone => !phone.HasBlockedBot))
            phone.Get(chat, edited, timestamp);
    }
}
