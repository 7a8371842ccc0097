using AlertBot.Workflows.Cases;

namespace AlertBot.Tests.Cases;

public sealed class CaseDocumentTests
{
    private const string Good = """{ "names": ["Invented Person"], "zone": "asia/almaty", "jurisdictions": ["kz"], "events": [] }""";

    [Theory]
    [InlineData("""{ "events": null }""", "'events': a list of events; where there is none, leave it out or write [] is wanted, not null")]
    [InlineData("""{ "jurisdictions": [null] }""", "number 1 of 'jurisdictions': a State code in quotes, such as \"KZ\" is wanted, not null")]
    [InlineData("""{ "names": ["A", 7] }""", "number 2 of 'names': a name in quotes is wanted, not a number")]
    [InlineData("""{ "zone": null }""", "'zone': a time zone in quotes, such as \"Asia/Almaty\" is wanted, not null")]
    [InlineData("""{ "events": [null] }""", "event 1: { \"kind\": ..., \"at\": ... } is wanted, not null")]
    [InlineData("""{ "events": [{ "at": "2024" }] }""", "event 1 has no 'kind'")]
    [InlineData("""{ "events": [{ "kind": null }] }""", "event 1, 'kind'")]
    [InlineData("""{ "events": [{ "kind": "release", "history": "yes" }] }""", "event 1, 'history': true or false is wanted, not a text")]
    [InlineData("""{ "events": [{ "kind": "release", "sameFactAs": 1.5 }] }""", "event 1, 'sameFactAs': the number of an earlier event")]
    [InlineData("""{ "evnts": [] }""", "unknown key 'evnts' (did you mean 'events'?)")]
    [InlineData("""{ "events": [{ "kind": "release", "kind": "arrest" }] }""", "event 1, 'kind' stands there twice")]
    [InlineData("[]", "a case is wanted")]
    [InlineData("null", "a case is wanted")]
    [InlineData("", "the file is empty")]
    [InlineData("hello", "line 1, sign 1: this is not JSON")]
    [InlineData("{ \"names\": [\"\\ud800\"] }", "this is not JSON")]
    public void A_mistake_is_told_by_its_place_and_by_what_is_wanted(string json, string told)
    {
        var (document, problem) = CaseDocument.Parse(json);

        Assert.Null(document);
        Assert.Contains(told, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("System", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void States_and_zones_are_read_in_small_letters()
    {
        var (content, problem) = CaseDocument.Parse(Good).Document!.Read(["KZ", "UZ"]);

        Assert.Null(problem);
        Assert.Equal(["KZ"], content!.Jurisdictions);
        Assert.Equal("Asia/Almaty", content.Zone.Id);
    }

    [Theory]
    [InlineData("\"kz\"", "\"KZX\"", "unknown jurisdiction 'KZX' (did you mean 'KZ'?)")]
    [InlineData("asia/almaty", "Samarkand", "(did you mean 'Asia/Samarkand'?)")]
    [InlineData("Invented Person", "\\u200B\\u2800", "'names' must hold at least one name, and no empty one")]
    [InlineData("\"events\": []", "\"events\": [{ \"kind\": \"release\", \"jurisdiction\": \"XX\" }]", "event 1: unknown jurisdiction 'XX'")]
    public void What_is_not_known_is_refused_with_the_nearest_that_is(string of, string by, string told) => Assert.Contains(
        told, CaseDocument.Parse(Good.Replace(of, by, StringComparison.Ordinal)).Document!.Read(["KZ", "UZ"]).Problem, StringComparison.Ordinal);
}
