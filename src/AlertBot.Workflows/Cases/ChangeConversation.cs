using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// [The case itself] under <c>/correct CODE</c>: puts right the spellings, the place, the laws and the code of a case, or joins another case of the
/// same person to it. What changes, and how many hear of it, is shown before it is saved.
/// </summary>
public sealed class ChangeConversation(ChangeCase change, JoinCases join, LawBook book) : GuidedConversation<Changing, Changing>
{
    private const string Value = "v.";
    private const string Hours = "hours";

    private readonly LawMenu _laws = LawMenu.Of(book);

    public override string Kind => "change";

    public override Role Needs => Role.Coordinator;

    protected override int Version => Changing.StateVersion;

    protected override string Cancelled => "correct.cancelled";

    /// <summary>"Found to be the same person" was said of a case: of which other one?</summary>
    public Task BeginJoinAsync(Talk talk, CaseCode code, string other = "", bool isNewMessage = false)
    {
        var begun = new Changing(code.Text, Changing.Join) { Turn = Asking.FirstTurn() };
        return other.Length == 0 ? AskAsync(talk, begun, isNewMessage: isNewMessage) : HearAsync(talk, begun, other);
    }

    protected override int? TurnOf(Changing state) => state.Turn;

    protected override async Task<bool> PressedBesideAsync(Talk talk, string data)
    {
        var parts = data.Split(':');
        if (!talk.IsGroup && talk.May(Role.Advocate) && parts is ["u", var joined] && Guid.TryParseExact(joined, "N", out var id))
        {
            await PartAsync(talk, new CaseJoinId(id));
            return true;
        }

        if (talk.IsGroup || !talk.May(Needs))
            return false;
        if (parts is ["l", var code] && await FindAsync(talk, code) is { } file)
            talk.EditPressed(
                await HeaderAsync(talk, file),
                Changing.PartsWith((await talk.Session.Cases.SpellingsAsync(file.Id)).Count)
                    .Select(part => talk.Button("change.part-" + part, $"change:p:{file.Code.Text}:{part}")).Chunk(2)
                    .Select(row => (IReadOnlyList<Choice>)row).ToList());
        else if (parts is ["p", var of, var part] && await FindAsync(talk, of) is { } its && Changing.PartsWith(2).Contains(part))
            await AskAsync(talk, new Changing(its.Code.Text, part) { Turn = Asking.FirstTurn(), IsReady = part == Changing.NewCode });
        else
            return false;
        return true;
    }

    protected override async Task<Turn<Changing, Changing>> AnswerAsync(Talk talk, Changing state, Said said)
    {
        if (said is Said.Pressed press && press.Turn != state.Turn)
            return new(state) { IsStale = true };
        if (await FindAsync(talk, state.Code) is not { } file)
            return new(null) { Remark = new Line("correct.gone") };

        var next = state with { Turn = state.Turn + 1 };
        return said switch
        {
            Said.Pressed { Data: "cancel" } => new(null),
            Said.Pressed { Data: "save" } when state.IsReady => new(null, state),
            Said.Pressed { Data: Hours } when state is { IsReady: true, Part: Changing.Zone } => new(null, state with { HoursToo = true }),
            Said.Pressed { Data: "go" } when state.Part == Changing.Laws =>
                new(next with { Told = state.Told ?? file.Jurisdictions, IsReady = true }),
            Said.Pressed { Data: var data } when data.StartsWith(Value, StringComparison.Ordinal) =>
                await ToldAsync(talk, next, file, data[Value.Length..], isPressed: true),
            Said.Pressed => new(state) { IsStale = true },
            Said.Words { Text: var text } => await ToldAsync(talk, next with { IsReady = false }, file, text, isPressed: false),
            _ => new(next) { Remark = new Line("talk.words-please") },
        };
    }

    // Reads what was told of a part: what cannot be so is asked for again.
    private async Task<Turn<Changing, Changing>> ToldAsync(Talk talk, Changing state, CaseFile file, string text, bool isPressed)
    {
        switch (state.Part)
        {
            case Changing.Name:
                var names = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return names.Length == 0 || names.Any(name => !name.Any(char.IsLetter)) ? new(state) { Remark = new Line("newcase.no-name") }
                    : names.Any(name => name.Length > NewCaseTalk.NameLimit)
                        ? new(state) { Remark = new Line("talk.too-long", ("limit", NewCaseTalk.NameLimit)) }
                        : new(state with { Told = names, IsReady = true });
            case Changing.NameGone when isPressed:
                return new(state with { Told = [text], IsReady = true });
            case Changing.Zone:
                return ZoneName.Find(talk, text)?.Id is { } zone ? new(state with { Told = [zone], IsReady = true })
                    : ZoneName.Near(text) is { } near ? new(state with { Told = [near] }) { Remark = new Line("zone-near", ("zone", near)) }
                    : new(state) { Remark = new Line("newcase.bad-zone") };
            case Changing.Laws when isPressed && _laws.Find(text) is { } place:
                return new(state with { Told = NewCaseTalk.Toggled(state.Told ?? file.Jurisdictions, place, _laws) });
            case Changing.Laws:
                var codes = LawWords.InCodes(talk.Texts, _laws, text).Split([' ', ',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
                return codes.Length > 0 && Array.TrueForAll(codes, code => _laws.Find(code) is not null)
                    ? new(state with { Told = [.. codes.Select(code => _laws.Find(code)!.Code).Distinct(StringComparer.Ordinal)], IsReady = true })
                    : new(state)
                    {
                        Remark = new Line(
                            "newcase.unknown-law", ("codes", string.Join(", ", codes.Where(code => _laws.Find(code) is null))),
                            ("known", _laws.Places.Select(one => one.Code).ToList())),
                    };
            case Changing.Join:
                return await FindAsync(talk, text) is { } other && other.Id != file.Id
                    ? new(state with { Told = [other.Code.Text], IsReady = true })
                    : await NearCodes.OfAsync(talk, text) is { Count: > 0 } alike
                        ? new(state) { Remark = NearCodes.Said(text, alike) }
                        : new(state) { Remark = new Line("case.not-found", ("code", text)) };
            default:
                return new(state) { Remark = new Line("talk.press-please") };
        }
    }

    protected override async Task<Prompt> PromptAsync(Talk talk, Changing state)
    {
        if (await FindAsync(talk, state.Code) is not { } file)
            return CorrectPrompts.Gone;
        if (!state.IsReady)
            return ChangePrompts.Value(state, file, await talk.Session.Cases.SpellingsAsync(file.Id), _laws);
        if (state is { Part: Changing.Join, Told: [var code] })
            return await FindAsync(talk, code) is { } other && other.Id != file.Id ? ChangePrompts.Join(file, other) : CorrectPrompts.Gone;
        return await change.PreviewAsync(talk.Session, file.Code, ChangeOf(state)) is var (_, diff, followers)
            && await change.PreviewAsync(talk.Session, file.Code, ChangeOf(state with { HoursToo = true })) is { } withHours
            ? ChangePrompts.Preview(
                state, file, ChangeAlert.LinesOf(file, diff).ToList(), ChangeAlert.LinesOf(file, withHours.Diff).ToList(), followers)
            : CorrectPrompts.Gone;
    }

    protected override async Task FinishAsync(Talk talk, Changing state)
    {
        if (state is { Part: Changing.Join, Told: [var other] }
            && CaseCode.TryParse(state.Code, out var kept) && CaseCode.TryParse(other, out var code))
        {
            if (await join.RunAsync(talk.Session, kept, code) is not var (look, id))
                talk.Notice("button.stale");
            else
                talk.EditPressed(
                    talk.Texts.Say(talk.Language, "alert.cases-joined", ("code", look.File.Code.Text), ("other", other)),
                    [[talk.Button("change.part", $"change:u:{id.Value:N}"), talk.Button("button.details", $"case:{look.File.Code.Text}")]]);
            return;
        }

        if (!CaseCode.TryParse(state.Code, out var of)
            || await change.RunAsync(talk.Session, of, ChangeOf(state)) is not ({ } changed, _))
        {
            talk.Notice("button.stale");
            return;
        }

        // The message with the names gives way to the code: names do not stay in the chat.
        var lines = new List<Line> { new("change.saved", ("code", changed.File.Code.Text)) };
        if (state.Part == Changing.NewCode)
            lines.Add(new Line("alert.case-code", ("was", of.Text), ("code", changed.File.Code.Text)));
        if (state.Part == Changing.Name)
            lines.Add(new Line("change.delete-name"));
        talk.EditPressed(
            RichText.Join("\n", lines.Select(line => line.In(talk.Language, talk.Texts))),
            [[
                talk.Button("correct.case-itself", $"change:l:{changed.File.Code.Text}"),
                talk.Button("button.details", $"case:{changed.File.Code.Text}"),
            ]]);
    }

    private async Task HearAsync(Talk talk, Changing begun, string text) =>
        await GoOnAsync(talk, await AnswerAsync(talk, begun, new Said.Words(text)));

    private async Task PartAsync(Talk talk, CaseJoinId id)
    {
        if (await join.UndoAsync(talk.Session, id) is not var (kept, parted))
        {
            talk.Notice("correct.no-undo");
            return;
        }

        talk.EditPressed(
            talk.Texts.Say(talk.Language, "alert.cases-parted", ("code", kept.File.Code.Text), ("other", parted.File.Code.Text)),
            [[new Choice(kept.File.Code.Text, $"case:{kept.File.Code.Text}"), new Choice(parted.File.Code.Text, $"case:{parted.File.Code.Text}")]]);
    }

    private static CaseChange ChangeOf(Changing state) => state switch
    {
        { Part: Changing.Name, Told: { } names } => CaseChange.None with { Names = [.. names.Select(name => new PersonName(name))] },
        { Part: Changing.NameGone, Told: [var id] } when Guid.TryParseExact(id, "N", out var name) =>
            CaseChange.None with { Gone = [new CaseNameId(name)] },
        { Part: Changing.Zone, Told: [var zone] } when DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } place =>
            CaseChange.None with { Zone = place, HoursToo = state.HoursToo },
        { Part: Changing.Laws, Told: { } laws } => CaseChange.None with { Laws = laws },
        { Part: Changing.NewCode } => CaseChange.None with { NewCode = true },
        _ => CaseChange.None,
    };

    private static async Task<RichText> HeaderAsync(Talk talk, CaseFile file)
    {
        await talk.Session.Audit.AddAsync(talk.Person?.Id, AuditAct.CaseRead, file.Id.Value);
        var header = new CaseStory(talk.Texts, talk.Language, []).Header(file, await talk.Session.Cases.NamesAsync(file.Id));
        return RichText.Join(
            "\n",
            [header, talk.Texts.Say(talk.Language, "newcase.check-zone", ("zone", file.Zone)), talk.Texts.Say(talk.Language, "change.what")]);
    }

    private static async Task<CaseFile?> FindAsync(Talk talk, string text) =>
        CaseCode.TryParse(text, out var code) ? await CaseAccess.FindAsync(talk.Session, code) : null;
}
