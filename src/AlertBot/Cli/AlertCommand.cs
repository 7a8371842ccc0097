using System.CommandLine;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary><c>alert send</c>, <c>alert list</c> and <c>alert status</c>.</summary>
internal static class AlertCommand
{
    public static Command Create() => new("alert", "Sends an alert by hand, or says what became of one.") { Send(), List(), Status() };

    private static Command Send()
    {
        var code = new Option<string>("--case") { Required = true, Description = "Code of the case, e.g. K-7F3Q." };
        var kind = new Option<string>("--kind") { Description = "A word for what it is, e.g. notice.", DefaultValueFactory = _ => "notice" };
        var severity = Values.Word<Severity>("--severity", "How loud: critical breaks through quiet hours and is repeated.", Severity.Notice);
        var text = new Option<string>("--text") { Required = true, Description = "What to say. No names: it goes to groups too." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("send", "Writes an alert to the case's subscribers and prints its id once it is committed.")
        {
            code, kind, severity, text, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var word = parsed.GetRequiredValue(kind);
            if (word.Length is 0 or > 40 || !word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-'))
                return Output.Misuse("--kind is one word of small letters, digits, _ and -");
            if (VisibleText.IsBlank(parsed.GetRequiredValue(text)))
                return Output.Misuse("--text is empty: nothing of it would be seen");
            if (!CaseCode.TryParse(parsed.GetRequiredValue(code), out var asked))
                return Output.Misuse(CaseCommand.NoCode(parsed.GetRequiredValue(code)));

            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(Actor.Operator, ct);
                var sent = await new SendAlert(new Alerts(ground.Texts)).RunAsync(
                    session, asked, new AlertKind(word), parsed.GetValue(severity), parsed.GetRequiredValue(text));
                if (sent is not SentAlert.Sent { Id: var id })
                    return Output.Refuse($"there is no case {asked}");

                var isUntold = await session.Alerts.IsUntoldAsync(id);
                await session.CommitAsync(ct);
                if (parsed.GetValue(json))
                    Output.Json(new { id = id.Value });
                else
                    Output.Line(id.Value.ToString());
                // An alert that reaches nobody is a failure, although it is stored.
                return isUntold
                    ? Output.Refuse("nobody was told: nobody who can be reached follows the case, and there is no coordinator. "
                        + "The alert is kept, and goes to the first coordinator there is: alertbot invite --role coordinator")
                    : CommandLine.Done;
            }, ct);
        });
        return command;
    }

    private static Command List()
    {
        var most = Values.Whole("--most", "How many, newest first.", 1, 1000, 20);
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("list", "The newest alerts: when, what, and how far each has got.") { most, json };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (_, storage) =>
        {
            await using var session = await storage.Database.BeginAsync(ct);
            var alerts = await session.Alerts.NewestAsync(parsed.GetValue(most));
            var codes = (await session.Cases.LoadAsync(alerts.Select(one => one.Case).OfType<CaseId>().Distinct().ToList()))
                .ToDictionary(file => file.Id, file => file.Code.Text);
            string? CodeOf(CaseId? @case) => @case is { } id ? codes.GetValueOrDefault(id) : null;
            if (parsed.GetValue(json))
                Output.Json(alerts.Select(one => new
                {
                    id = one.Id.Value,
                    raisedAt = one.RaisedAt.ToString(),
                    kind = one.Kind.Code,
                    one.Severity,
                    @case = CodeOf(one.Case),
                    state = StateOf(one.Left, one.IsUntold),
                    one.Sent,
                    one.Failed,
                }));
            else
                foreach (var one in alerts)
                {
                    Output.Line(
                        $"{one.RaisedAt}  {one.Id.Value}  {Words.Snake(one.Severity.ToString()),-8} {CodeOf(one.Case) ?? "–",-7} {one.Kind.Code,-20} "
                        + $"{StateOf(one.Left, one.IsUntold)}: {one.Sent} sent, {one.Failed} failed");
                }

            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static string StateOf(int left, bool isUntold) => left > 0 ? "sending" : isUntold ? "untold" : "done";

    private static Command Status()
    {
        var id = Values.Id("id", "As 'alert send' printed it.");
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("status", "How far an alert has got.") { id, json };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (_, storage) =>
        {
            await using var session = await storage.Database.BeginAsync(ct);
            var alertId = new AlertId(parsed.GetValue(id));
            if (await session.Alerts.FindAsync(alertId) is not { } alert)
                return Output.Refuse("there is no alert of this id");

            var deliveries = await session.Alerts.DeliveriesAsync(alertId);
            var (arrived, read) = await session.Alerts.ReceiptsAsync(alertId);
            var counts = Enum.GetValues<DeliveryState>().ToDictionary(state => Words.Snake(state.ToString()), deliveries.GetValueOrDefault);
            var left = new[] { DeliveryState.Queued, DeliveryState.Sending, DeliveryState.Retry, DeliveryState.Maybe }.Sum(
                deliveries.GetValueOrDefault);
            var state = StateOf(left, await session.Alerts.IsUntoldAsync(alertId));
            var acks = await session.Alerts.AcksAsync(alertId);
            if (parsed.GetValue(json))
                Output.Json(new
                {
                    id = alert.Id.Value,
                    state,
                    kind = alert.Kind.Code,
                    alert.Severity,
                    raisedAt = alert.RaisedAt.ToString(),
                    deliveries = counts,
                    receipts = new { arrived, read },
                    acks = acks.Select(ack => new { at = ack.At.ToString(), by = PersonSign.Of(ack.By), act = Words.Snake(ack.Act.ToString()) }),
                });
            else
                Output.Line($"{state}: " + string.Join(", ", counts.Where(pair => pair.Value > 0).Select(pair => $"{pair.Value} {pair.Key}"))
                    + (arrived > 0 ? $" ({arrived} on a phone, {read} read)" : "")
                    + string.Concat(acks.Select(ack => $"\n{ack.At}  {PersonSign.Of(ack.By)}  {Words.Snake(ack.Act.ToString())}")));
            return CommandLine.Done;
        }, ct));
        return command;
    }
}
