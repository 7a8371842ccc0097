using System.Security.Cryptography;
using System.Text;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Messengers;

/// <summary><c>key:ask.ID</c> and <c>key:yes.ID.PRINT</c> under the news of a changed key: a colleague has made sure who reads there. What
/// they confirm is the key whose number they were shown, and the print tells it.</summary>
public sealed class KeyPress(ChannelErrands errands, KeyChanges keyChanges, IReadOnlyList<IChannel> channels) : IPress
{
    public string Prefix => "key";

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split('.', 3);
        if (talk.IsGroup || parts.Length < 2 || !Guid.TryParseExact(parts[1], "N", out var id)
            || await talk.Session.KeyChanges.FindAsync(id) is not { TrustedAt: null, Owner: { } owner } change
            || await talk.Session.People.FindAsync(owner) is not { } person
            || await talk.Session.Addresses.FindAsync(change.Address) is not { } address)
        {
            talk.Notice("button.stale");
        }
        else if (!KeyChanges.MayCheck(change, talk.Session.Actor))
        {
            talk.Notice("key.not-you");
        }
        else if (parts[0] == "ask")
        {
            await AskAsync(talk, change, person, address);
        }
        else if (parts[0] == "yes" && parts.ElementAtOrDefault(2) != PrintOf(change.Number))
        {
            // Another colleague was shown a newer key meanwhile.
            await AskAsync(talk, change, person, address);
        }
        else if (parts[0] == "yes" && await keyChanges.TrustAsync(talk.Session, change))
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, "key.trusting", ("channel", address.At.Channel.ToString())));
            talk.Afterward(errands.RunAsync);
        }
        else
        {
            var (text, choices) = KeyQuestion.Card(talk, person, address.At.Channel, change);
            talk.EditPressed(text, choices);
        }
    }

    private async Task AskAsync(Talk talk, KeyChange change, Person person, Address address)
    {
        var channel = channels.FirstOrDefault(one => one.Kind == address.At.Channel);
        var number = channel is null ? null : await channel.KeyNumberAsync(address.At, talk.Cancelled);
        if (number is null && address.At.Channel == ChannelKind.Signal)
        {
            talk.Notice("key.no-number");
            return;
        }

        var sure = talk.Texts.Say(talk.Language, "key.sure", ("role", person.Role), ("sign", PersonSign.Of(person.Id)));
        if (number is not null)
        {
            await talk.Session.KeyChanges.ShowAsync(change.Id, number);
            sure = RichText.Join("\n\n", [sure, talk.Texts.Say(talk.Language, "key.number", ("number", Grouped(number)))]);
        }

        var print = PrintOf(number) is { } told ? "." + told : "";
        talk.EditPressed(sure, [[talk.Button("key.yes", $"key:yes.{change.Id:N}{print}")], [talk.Button("key.no", $"key:no.{change.Id:N}")]]);
    }

    private static string? PrintOf(string? number) =>
        number is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)).AsSpan(0, 8));

    // As Signal shows it: twelve groups of five.
    private static string Grouped(string number) => string.Join(
        ' ', number.Replace(" ", "", StringComparison.Ordinal).Chunk(5).Select(five => new string(five)));
}
