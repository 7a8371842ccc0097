using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>On a messenger without buttons choices are numbered lines, and an answer in words is understood.</summary>
public sealed class NumberedChoiceTests
{
    private static readonly Choice Take = new("I'm on it", "inc:take:1") { ByThumb = true };
    private static readonly Choice Cannot = new("Can't", "inc:cant:1");

    [PostgresFact]
    public async Task Choices_are_lines_with_numbers()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();

        await OfferAsync(sending, address, "They took him.", [[Cannot], [Take]]);

        Assert.Equal(
            "They took him.\n\n1 – Can't\n2 – I'm on it\nReply with the number. 👍 means 2.", Assert.Single(phone.Messages).Text);
        Assert.Empty(phone.Messages[0].Buttons);
    }

    [PostgresFact]
    public async Task A_number_chooses_from_the_message_that_asked_last()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        await OfferAsync(sending, address, "First", [[new Choice("Old", "old")]]);
        sending.Clock.Advance(Duration.FromMinutes(1));
        await OfferAsync(sending, address, "Second", [[Take, Cannot]]);
        sending.Clock.Advance(Duration.FromMinutes(1));

        Assert.Equal(Cannot.Data, Chose(await HearAsync(sending, address, "2")));
        Assert.Equal(Take.Data, Chose(await HearAsync(sending, address, "👍🏽")));
        Assert.IsType<Chosen.Nothing>(await HearAsync(sending, address, "3"));
        Assert.IsType<Chosen.Nothing>(await HearAsync(sending, address, "2 men in plain clothes"));
    }

    [PostgresFact]
    public async Task A_number_that_quotes_a_message_chooses_from_that_one()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        var first = await OfferAsync(sending, address, "First", [[new Choice("Old", "old")]]);
        await OfferAsync(sending, address, "Second", [[Take, Cannot]]);

        Assert.Equal("old", Chose(await HearAsync(sending, address, "1", first)));
    }

    [PostgresFact]
    public async Task A_thumb_on_a_message_chooses_what_the_thumb_stands_for_and_any_other_sign_nothing()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        var alert = await OfferAsync(sending, address, "Alert", [[Cannot, Take]]);
        var question = await OfferAsync(sending, address, "When?", [[new Choice("Today", "today")]]);

        Assert.Equal(Take.Data, Chose(await HearAsync(sending, address, null, alert, "👍")));
        Assert.IsType<Chosen.Ignored>(await HearAsync(sending, address, null, alert, "😢"));
        Assert.IsType<Chosen.Ignored>(await HearAsync(sending, address, null, question, "👍"));
        Assert.IsType<Chosen.Ignored>(await HearAsync(sending, address, null, new MessageRef("no such"), "👍"));
    }

    [PostgresFact]
    public async Task A_number_written_while_another_message_arrives_is_asked_about()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        await OfferAsync(sending, address, "When?", [[new Choice("Today", "today")]]);
        sending.Clock.Advance(Duration.FromMinutes(1));
        await OfferAsync(sending, address, "Alert", [[Take]]);
        sending.Clock.Advance(Duration.FromSeconds(5));

        var either = Assert.IsType<Chosen.Either>(await HearAsync(sending, address, "1"));
        Assert.Equal(("today", Take.Data), (either.Earlier.Data, either.Later.Data));

        sending.Clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(Take.Data, Chose(await HearAsync(sending, address, "1")));
    }

    [PostgresFact]
    public async Task People_who_count_in_a_group_choose_nothing()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddGroupAsync();
        var alert = await OfferAsync(sending, address, "Alert", [[Take]]);

        Assert.IsType<Chosen.Nothing>(await HearAsync(sending, address, "1"));
        Assert.Equal(Take.Data, Chose(await HearAsync(sending, address, "1", alert)));
    }

    [PostgresFact]
    public async Task A_changed_message_offers_what_it_shows_now()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        var alert = await OfferAsync(sending, address, "Alert", [[Take]]);
        var delivery = await sending.ValueAsync<Guid>("select id from delivery order by seq desc limit 1");

        await sending.AddAsync(address, "Taken", but: one => one with
        {
            Edits = new Domain.Alerts.DeliveryId(delivery),
            Message = new OutgoingMessage(RichText.Of("Taken"), [[Cannot]]),
        });
        await sending.SendAsync(Wordy(sending));

        Assert.Equal(Cannot.Data, Chose(await HearAsync(sending, address, "1", alert)));
    }

    private static string Chose(Chosen chosen) => Assert.IsType<Chosen.One>(chosen).Choice.Data;

    private static Task<Chosen> HearAsync(SendingFixture sending, Address at, string? text, MessageRef? about = null, string? reaction = null) =>
        sending.InAsync(session => ChosenByWords.ReadAsync(
            session,
            new IncomingUpdate("key", at.At, at.IsGroup ? ChatKind.Group : ChatKind.Private, at.At)
            {
                Text = text,
                About = about,
                Reaction = reaction,
            },
            at, sending.Now));

    private static async Task<MessageRef> OfferAsync(SendingFixture sending, Address to, string text, IReadOnlyList<IReadOnlyList<Choice>> choices)
    {
        var id = await sending.AddAsync(to, text, but: one => one with { Message = new OutgoingMessage(RichText.Of(text), choices) });
        await sending.SendAsync(Wordy(sending));
        return new MessageRef((await sending.RowAsync(id)).MessageRef!);
    }

    private static ScriptedChannel Wordy(SendingFixture sending) =>
        new(sending.Telegram) { Capabilities = sending.Telegram.Capabilities with { HasButtons = false } };
}
