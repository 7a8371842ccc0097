using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Tests.Reports;

public class IndependenceTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Fact]
    public void Two_people_with_words_of_their_own_are_two_voices() =>
        Assert.Equal(2, Independence.Count([Told(1, "a"), Told(2, "b")]));

    [Fact]
    public void One_account_is_one_voice_however_often_it_writes() =>
        Assert.Equal(1, Independence.Count([Told(1, "a", account: 7), Told(2, "b", account: 7), Told(3, "c", account: 7)]));

    [Fact]
    public void Copies_of_one_text_are_one_voice_whoever_sends_them() =>
        Assert.Equal(1, Independence.Count([Told(1, "same"), Told(2, "same"), Told(3, "same")]));

    [Fact]
    public void A_forward_confirms_nothing() =>
        Assert.Equal(1, Independence.Count([Told(1, "a"), Told(2, "b", isForward: true)]));

    [Fact]
    public void A_forward_that_comes_first_is_a_voice() =>
        Assert.Equal(1, Independence.Count([Told(1, "a", isForward: true), Told(2, "b", isForward: true)]));

    [Fact]
    public void Two_with_pictures_are_one_voice_until_the_pictures_are_seen()
    {
        var (waiting, seen) = (Told(1, "a") with { HasFiles = true, HasUnseenFiles = true }, Told(2, "b") with { HasFiles = true });

        Assert.Equal(1, Independence.Count([waiting, seen]));
        Assert.Equal(1, Independence.Count([seen, waiting with { SentAt = seen.SentAt + Duration.FromMinutes(1) }]));
        Assert.Equal(2, Independence.Count([waiting with { HasUnseenFiles = false }, seen]));
        Assert.Equal(2, Independence.Count([waiting, Told(2, "words alone")]));
    }

    [Fact]
    public void A_report_that_was_deleted_does_not_count() =>
        Assert.Equal(1, Independence.Count([Told(1, "a"), Told(2, "b") with { State = ReportState.Withdrawn }]));

    [Fact]
    public void A_silence_is_no_voice() =>
        Assert.Equal(1, Independence.Count([Told(1, "a"), Told(2, "b") with { Content = new ReportContent { IsSilence = true } }]));

    [Fact]
    public void More_reports_never_make_fewer_voices_and_never_more_than_there_are_reports()
    {
        var chance = new Random(20260302);
        for (var round = 0; round < 500; round++)
        {
            var reports = Enumerable.Range(1, chance.Next(1, 8))
                .Select(at => Told(at, $"t{chance.Next(4)}", account: chance.Next(5), isForward: chance.Next(3) == 0))
                .Select((told, at) => told with { HasFiles = (at + 1) % 2 == 0, HasUnseenFiles = (at + 1) % 4 == 0 }).ToList();
            var counts = Enumerable.Range(0, reports.Count + 1).Select(many => Independence.Count(reports.Take(many))).ToList();

            Assert.Equal(counts.Order(), counts);
            Assert.InRange(counts[^1], 1, reports.Count);
        }
    }

    private static Report Told(int minute, string print, int? account = null, bool isForward = false) => new(
        ReportId.New(), new AddressId(new Guid(account ?? 1000 + minute, 0, 0, new byte[8])),
        ReportState.Sent, "en", new ReportContent { IsForward = isForward })
    {
        Prints = [print],
        BegunAt = Start,
        ChangedAt = Start,
        SentAt = Start + Duration.FromMinutes(minute),
    };
}
