using AlertBot.Domain.Cases;
using AlertBot.Workflows.Cases;

namespace AlertBot.Tests.Talking;

public class EventMenuTests
{
    [Fact]
    public void Every_kind_of_event_can_be_chosen_in_exactly_one_group()
    {
        var offered = EventMenu.Groups.SelectMany(group => group.Kinds).ToList();

        Assert.Equal(offered.Count, offered.Distinct().Count());
        Assert.Equal(EventKinds.All.Select(kind => kind.Code).Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("hearing_set", "event.ask-set-for")]
    [InlineData("certificate_issued", "event.ask-document-until")]
    [InlineData("custody_ordered", "event.ask-order-until")]
    [InlineData("asylum_refused", "event.ask-appeal-until")]
    [InlineData("asylum_granted", null)]
    [InlineData("release", null)]
    public void It_is_asked_for_the_date_that_an_event_fixes(string kind, string? question) =>
        Assert.Equal(question, EventMenu.QuestionOfDateSet(kind));
}
