using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>The methods of signal-cli in multi-account mode. Called under the gate.</summary>
internal sealed class SignalMethods(SignalWorld world, SandboxSignal settings)
{
    private readonly SignalSending _sending = new(world, new SignalRecipients(world), settings);

    /// <exception cref="SignalError">The call failed.</exception>
    public JsonNode Call(string method, JsonObject? given)
    {
        var call = new SignalParams(given);
        switch (method)
        {
            // These methods need no account.
            case "version":
                return new JsonObject { ["version"] = settings.Version };
            case "listAccounts":
                return world.BotIsRegistered ? new JsonArray(new JsonObject { ["number"] = world.BotNumber }) : [];
        }

        Func<SignalParams, JsonNode>? act = method switch
        {
            "send" => _sending.Send,
            "sendReaction" => _sending.SendReaction,
            "remoteDelete" => _sending.RemoteDelete,
            "sendReceipt" => _sending.SendReceipt,
            "sendTyping" => _sending.SendTyping,
            "trust" => Trust,
            "listIdentities" => ListIdentities,
            "getAttachment" => GetAttachment,
            "submitRateLimitChallenge" => SubmitChallenge,
            "listGroups" => ListGroups,
            "updateGroup" => _sending.UpdateGroup,
            "getUserStatus" => GetUserStatus,
            _ => null,
        };
        if (act is null)
            throw new SignalError(SignalError.MethodNotFound, "Method not implemented");
        CheckAccount(method, call);
        return act(call);
    }

    private void CheckAccount(string method, SignalParams call)
    {
        if (world.BotLearnsItIsOut && method.StartsWith("send", StringComparison.Ordinal))
        {
            world.BotLearnsItIsOut = false;
            throw SignalError.Unexpected("Failed to send message: [401] Authorization failed! (AuthorizationFailedException)");
        }

        var account = call.Text("account");
        if (account is not null && !(world.BotIsRegistered && IsBot(account)))
            throw new SignalError(SignalError.InvalidParams, "Specified account does not exist");
        if (!world.BotIsRegistered)
            throw new SignalError(SignalError.InvalidParams, "Method requires valid account parameter");
    }

    private bool IsBot(string account) => account == world.BotNumber || account == world.BotId.ToString();

    private JsonObject Trust(SignalParams call)
    {
        var phone = world.Phone(SignalRecipients.Single(Required(call, "recipient")));
        if (call.Flag("trustAllKnownKeys"))
        {
            if (phone is null || !phone.IsKnownToBot)
                throw new SignalError(SignalError.User, "Failed to set the trust for this number, make sure the number is correct.");
            world.Trust(phone);
            return [];
        }

        if (call.Text("verifiedSafetyNumber") is not { } number)
            throw new SignalError(SignalError.User, "You need to specify the fingerprint/safety number you have verified with -v SAFETY_NUMBER");
        if (phone is null || !phone.IsKnownToBot || phone.SafetyNumber != number.Replace(" ", "", StringComparison.Ordinal))
        {
            throw new SignalError(
                SignalError.User, "Failed to set the trust for this number, make sure the number and the fingerprint/safety number are correct.");
        }

        world.Trust(phone);
        return [];
    }

    private JsonArray ListIdentities(SignalParams call)
    {
        if (world.Phone(SignalRecipients.Single(Required(call, "number"))) is not { IsKnownToBot: true } phone)
            return [];
        return
        [
            new JsonObject
            {
                ["number"] = phone.NumberForBot,
                ["uuid"] = phone.Uuid.ToString(),
                ["safetyNumber"] = phone.SafetyNumber,
                ["trustLevel"] = phone.IsTrusted ? "TRUSTED_UNVERIFIED" : "UNTRUSTED",
                ["addedTimestamp"] = 1,
            },
        ];
    }

    private JsonObject GetAttachment(SignalParams call)
    {
        if (call.Text("id") is not { } id)
            throw new SignalError(SignalError.User, "Missing attachment id parameter");
        return world.Around.File(id.Split('.')[0]) is var (file, bytes) && SignalJson.AttachmentId(file) == id
            ? new JsonObject { ["data"] = Convert.ToBase64String(bytes) }
            : throw new SignalError(SignalError.User, "Could not find attachment with ID: " + id);
    }

    private JsonObject SubmitChallenge(SignalParams call)
    {
        var (challenge, captcha) = (Required(call, "challenge"), Required(call, "captcha"));
        if (world.Inbox.IsCutOff)
            throw new SignalError(SignalError.Io, "Submit challenge error: No network");
        if (challenge != world.Refusals.Challenge
            || captcha.Replace("signalcaptcha://", "", StringComparison.Ordinal) != SignalRefusals.RightCaptcha)
        {
            // Older versions have no code for this.
            throw new SignalError(
                settings.IsOlderThan(0, 14, 3) ? SignalError.Io : SignalError.CaptchaRejected,
                "Captcha rejected, it may be outdated, already used or solved from a different IP address.");
        }

        world.Refusals.Lift();
        return [];
    }

    private JsonArray ListGroups(SignalParams call)
    {
        var wanted = call.Texts("groupId").Select(SignalRecipients.GroupId).ToList();
        return new JsonArray([.. world.Groups
            .Where(group => group.IsKnownToBot)
            .Where(group => wanted.Count == 0 || wanted.Contains(group.Id))
            .Select(JsonNode (group) => Group(group))]);
    }

    private JsonObject Group(SandboxSignalGroup group)
    {
        var members = group.Members.Select(JsonNode (person, index) => Member(person.NumberForBot, person.Uuid, isAdmin: index == 0));
        if (group.HasBot)
            members = members.Append(Member(world.BotNumber, world.BotId, isAdmin: false));
        return new JsonObject
        {
            ["id"] = group.Id,
            ["name"] = group.Title,
            ["description"] = "",
            ["isMember"] = group.HasBot,
            ["isBlocked"] = false,
            ["messageExpirationTime"] = 0,
            ["members"] = new JsonArray([.. members]),
            ["pendingMembers"] = group.IsBotInvited
                ? new JsonArray(new JsonObject { ["number"] = world.BotNumber, ["uuid"] = world.BotId.ToString() })
                : [],
            ["requestingMembers"] = new JsonArray(),
            ["admins"] = new JsonArray([.. group.Members.Take(1).Select(JsonNode (admin) =>
                new JsonObject { ["number"] = admin.NumberForBot, ["uuid"] = admin.Uuid.ToString() })]),
            ["banned"] = new JsonArray(),
            ["permissionAddMember"] = "EVERY_MEMBER",
            ["permissionEditDetails"] = "EVERY_MEMBER",
            ["permissionSendMessage"] = group.IsForAnnouncements ? "ONLY_ADMINS" : "EVERY_MEMBER",
            ["groupInviteLink"] = null,
        };
    }

    private static JsonObject Member(string? number, Guid uuid, bool isAdmin) =>
        new() { ["number"] = number, ["uuid"] = uuid.ToString(), ["isAdmin"] = isAdmin };

    private JsonArray GetUserStatus(SignalParams call) => new([.. call.Texts("recipient").Distinct().Select(JsonNode (number) =>
    {
        if (world.Inbox.IsCutOff)
            throw new SignalError(SignalError.Io, "Unable to check if users are registered: No network (IOException)");

        // The caller learns the account behind the number, and names the account from then on.
        var phone = world.Phone(number);
        if (phone is not null)
            phone.NumberIsKnown = true;
        return new JsonObject
        {
            ["recipient"] = number,
            ["number"] = number,
            ["uuid"] = phone?.Uuid.ToString(),
            ["isRegistered"] = phone is not null,
        };
    })]);

    private static string Required(SignalParams call, string name) => call.Texts(name) is [var value, ..]
        ? value
        : throw new SignalError(SignalError.InternalError, $"Parameter {name} is missing (NullPointerException)");
}
