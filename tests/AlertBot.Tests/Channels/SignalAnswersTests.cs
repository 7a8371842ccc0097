using System.Text.Json;
using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Tests.Channels;

/// <summary>Every way in which signal-cli refuses, in its own words, and the consequence.</summary>
public sealed class SignalAnswersTests
{
    private static readonly Duration LimitWithoutTime = Duration.FromMinutes(5);

    [Theory]
    [InlineData("IDENTITY_FAILURE", Refusal.KeyChanged)]
    [InlineData("UNREGISTERED_FAILURE", Refusal.Unregistered)]
    public void A_result_may_be_for_good(string type, Refusal why) =>
        Assert.Equal(new SendResult.Refused(why), OfResults(-1, Result(type)));

    [Theory]
    [InlineData("NETWORK_FAILURE", "network")]
    [InlineData("INVALID_PRE_KEY_FAILURE", "pre_keys")]
    [InlineData("OF_A_LATER_VERSION", "unexpected_answer")]
    public void A_result_may_pass_by_itself(string type, string reason)
    {
        var later = Assert.IsType<SendResult.TryLater>(OfResults(-1, Result(type)));

        Assert.Equal((reason, WaitScope.Message), (later.Reason, later.Scope));
    }

    [Fact]
    public void A_limit_is_of_the_whole_account_and_kept_for_as_long_as_Signal_says()
    {
        Assert.Equal(
            new SendResult.TryLater(Duration.FromSeconds(86), "rate_limited", WaitScope.Chat),
            OfResults(-5, Result("RATE_LIMIT_FAILURE", retryAfter: 86)));
        Assert.Equal(new SendResult.TryLater(LimitWithoutTime, "rate_limited", WaitScope.Chat), OfResults(-5, Result("RATE_LIMIT_FAILURE")));
        Assert.Equal(
            new SendResult.TryLater(LimitWithoutTime, "rate_limited", WaitScope.Chat), Of(-5, "Failed to send message due to rate limiting"));
    }

    [Fact]
    public void Proof_is_asked_for_by_a_token()
    {
        Assert.Equal(
            new SendResult.Challenged("invented-token", Duration.FromDays(1)),
            OfResults(-5, Result("RATE_LIMIT_FAILURE", "invented-token", 86_400)));
        Assert.IsType<SendResult.Challenged>(
            OfResults(-5, Result("RATE_LIMIT_FAILURE", retryAfter: 5), Result("RATE_LIMIT_FAILURE", "invented-token")));
    }

    [Fact]
    public void In_a_group_that_nobody_reads_what_passes_by_itself_counts()
    {
        Assert.IsType<SendResult.TryLater>(OfResults(-1, Result("UNREGISTERED_FAILURE"), Result("NETWORK_FAILURE"), Result("IDENTITY_FAILURE")));
        Assert.Equal(new SendResult.Refused(Refusal.KeyChanged), OfResults(-1, Result("UNREGISTERED_FAILURE"), Result("IDENTITY_FAILURE")));
    }

    [Fact]
    public void One_reader_of_a_group_is_enough_and_a_group_of_nobody_else_needs_none()
    {
        var sent = new SendResult.Sent(new MessageRef("1700000000123"));

        Assert.Equal(sent, Read(Sent(Result("UNREGISTERED_FAILURE"), Result("SUCCESS"), Result("RATE_LIMIT_FAILURE", "token"))));
        Assert.Equal(sent, Read(Sent()));
        Assert.Equal(sent, Read("""{"jsonrpc":"2.0","result":{"timestamp":1700000000123},"id":"7"}"""));
    }

    [Theory]
    [InlineData(-1, "Group not found: Rw==", Refusal.ChatNotFound)]
    [InlineData(-1, "Invalid group id: Failed to decode groupId (must be base64) \\\"x\\\": x", Refusal.ChatNotFound)]
    [InlineData(-1, "User is not a member in group: Lawyers (Rw==)", Refusal.Kicked)]
    [InlineData(-1, "User is not allowed to send message to group: Lawyers (Rw==)", Refusal.NoRights)]
    [InlineData(-1, "The user +15550100101 is not registered.", Refusal.Unregistered)]
    [InlineData(-1, "Invalid phone number '+1': x", Refusal.ChatNotFound)]
    [InlineData(-1, "Sending empty message is not allowed, either a message, attachment or sticker must be given.", Refusal.BadMessage)]
    [InlineData(-1, "Invalid style: LOUD", Refusal.BadMessage)]
    [InlineData(-4, "Failed to send message due to untrusted identities", Refusal.KeyChanged)]
    [InlineData(-1, "User is not registered.", Refusal.Unauthorized)]
    [InlineData(-32602, "Specified account does not exist", Refusal.Unauthorized)]
    [InlineData(-32602, "Method requires valid account parameter", Refusal.Unauthorized)]
    [InlineData(-32602, "Failed to load the given account", Refusal.Unauthorized)]
    [InlineData(-3, "[401] Authorization failed! (AuthorizationFailedException)", Refusal.Unauthorized)]
    [InlineData(-32603, "Failed to send message: [403] Authorization failed! (AuthorizationFailedException) (UnexpectedErrorException)",
        Refusal.Unauthorized)]
    [InlineData(-32603, "Failed to send message: x (AttachmentInvalidException) (UnexpectedErrorException)", Refusal.BadMessage)]
    [InlineData(-32600, "only jsonrpc version 2.0 is supported", Refusal.BadMessage)]
    [InlineData(-32601, "Method not implemented", Refusal.BadMessage)]
    [InlineData(-32602, "Unrecognized field", Refusal.BadMessage)]
    [InlineData(-32700, "Unexpected character", Refusal.BadMessage)]
    public void An_error_may_be_for_good(int code, string words, Refusal why) => Assert.Equal(new SendResult.Refused(why), Of(code, words));

    [Theory]
    [InlineData(-3, "Failed to send message: timeout", "network")]
    [InlineData(-1, "Failed to send message", "not_sent")]
    [InlineData(-32603, "Failed to send message: No prekeys available (IOException), maybe one of the devices", "pre_keys")]
    [InlineData(-32603, "null (NullPointerException)", "internal_error")]
    public void An_error_may_pass_by_itself(int code, string words, string reason)
    {
        var later = Assert.IsType<SendResult.TryLater>(Of(code, words));

        Assert.Equal((reason, WaitScope.Message), (later.Reason, later.Scope));
    }

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","result":{"timestamp":1},"id":"6"},{"jsonrpc":"2.0","result":{"timestamp":2},"id":"7"}]""", "2")]
    [InlineData("""[{"jsonrpc":"2.0","result":{"timestamp":2},"id":"7"},5,null]""", "2")]
    public void Our_answer_is_found_in_a_batch(string answer, string time) =>
        Assert.Equal(new SendResult.Sent(new MessageRef(time)), Read(answer));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"ok\"")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0","result":{"timestamp":1},"id":"6"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":{"timestamp":1},"id":null}""")]
    [InlineData("""{"jsonrpc":"2.0","result":null,"id":"7"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":{},"id":"7"}""")]
    [InlineData("""[{"jsonrpc":"2.0","result":{"timestamp":1},"id":"6"}]""")]
    public void An_answer_that_is_not_ours_leaves_it_open(string answer) =>
        Assert.Equal(new SendResult.Maybe("unreadable_answer"), Read(answer));

    [Fact]
    public void An_error_that_brings_something_odd_along_is_still_an_error() =>
        Assert.Equal(
            new SendResult.Refused(Refusal.KeyChanged),
            Read("""{"jsonrpc":"2.0","error":{"code":-4,"message":"x","data":{"response":{"results":"none"}}},"id":"7"}"""));

    [Fact]
    public void No_failure_prints_its_words() =>
        Assert.Equal("(error -1)", new SignalFailure(-1, "The user +15550100101 is not registered.", []).ToString());

    private static SendResult Of(int code, string words) =>
        Read($$$"""{"jsonrpc":"2.0","error":{"code":{{{code}}},"message":"{{{words}}}","data":null},"id":"7"}""");

    private static SendResult OfResults(int code, params string[] results) => Read(
        $$$$"""{"jsonrpc":"2.0","error":{"code":{{{{code}}}},"message":"Failed to send message","data":{"response":{"results":"""
        + $$$$"""[{{{{string.Join(',', results)}}}}],"timestamp":1}}},"id":"7"}""");

    private static string Sent(params string[] results) =>
        $$$"""{"jsonrpc":"2.0","result":{"timestamp":1700000000123,"results":[{{{string.Join(',', results)}}}]},"id":"7"}""";

    private static string Result(string type, string? token = null, int? retryAfter = null) =>
        "{\"recipientAddress\":{\"uuid\":null,\"number\":\"+15550100101\",\"username\":null},\"type\":\"" + type + "\""
        + (token is null ? "" : $",\"token\":\"{token}\"") + (retryAfter is null ? "" : $",\"retryAfterSeconds\":{retryAfter}") + "}";

    private static SendResult Read(string answer) =>
        SignalAnswers.Read(SignalAnswers.Read(JsonSerializer.Deserialize<JsonElement>(answer), "7", SignalJson.Default.SendResponse));
}
