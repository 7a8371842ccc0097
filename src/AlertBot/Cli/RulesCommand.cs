using System.CommandLine;
using AlertBot.Domain.Law;
using AlertBot.Hosting;
using AlertBot.Workflows.Law;

namespace AlertBot.Cli;

/// <summary><c>rules list</c> and <c>rules compute</c>: show the law and its deadlines as the program counts them.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "The statutory time limits, and what they give for a date.") { List(), Compute() };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("list", "Every rule: id, length, how days are counted, how far it is trusted, where it is written.") { json };
        command.SetAction(parsed =>
        {
            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var rules = ground.Law.Rules.OrderBy(rule => rule.Jurisdiction, StringComparer.Ordinal)
                .ThenBy(rule => rule.Id, StringComparer.Ordinal).ToList();
            if (parsed.GetValue(json))
                Output.Json(
                    rules.Select(rule => new { rule.Id, rule.Jurisdiction, rule.Tier, length = LengthOf(rule), rule.Main.Kind, rule.Citation }));
            else
                rules.ForEach(rule => Output.Line($"{rule.Id,-28} {rule.Tier}  {LengthOf(rule),-24} {rule.Citation}"));
        });
        return command;
    }

    private static Command Compute()
    {
        var rule = new Argument<string>("rule") { Description = "Id of the rule, e.g. KZ-DET-72H." };
        var at = new Option<string>("--at")
        {
            Required = true,
            Description = "When it began, local time: 2024-03-26, 2024-03-26T00:20, 2024-03 or 2024.",
        };
        var zone = new Option<string?>("--zone")
        {
            Description = "Time zone of the place, e.g. Asia/Almaty. Default: the usual one of the rule's State.",
        };
        var precision = new Option<string?>("--precision") { Description = "exact, night, day, month or year." };
        var until = new Option<string?>("--until") { Description = "The last day it may have been." };
        var served = new Option<string?>("--served") { Description = "For a decision: the day it was served." };
        var known = new Option<string?>("--known") { Description = "For a decision: the day it became known." };
        var language = new Option<string>("--language") { Description = "Of the steps.", DefaultValueFactory = _ => "en" };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("compute", "Both ends of a limit, with the arithmetic that leads there.")
        {
            rule, at, zone, precision, until, served, known, language, json,
        };
        command.SetAction(parsed =>
        {
            var ground = Ground.Load();
            var answer = ComputeRule.Run(
                ground.Law,
                new ComputeRuleInput(parsed.GetRequiredValue(rule), parsed.GetRequiredValue(at))
                {
                    Zone = parsed.GetValue(zone),
                    Precision = parsed.GetValue(precision),
                    Until = parsed.GetValue(until),
                    Served = parsed.GetValue(served),
                    Known = parsed.GetValue(known),
                },
                step => ground.Texts.Say(parsed.GetRequiredValue(language), step).Plain);
            return answer.Error is { } error ? Output.Refuse(error) : Print(answer, parsed.GetValue(json));
        });
        return command;
    }

    private static int Print(ComputedRule answer, bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                answer.Rule,
                answer.Earliest,
                answer.Latest,
                answer.Kind,
                answer.Duty,
                answer.Steps,
                answer.Remark,
                answer.Warnings,
                answer.Tier,
                answer.Citation,
            });
            return CommandLine.Done;
        }

        Output.Line($"{answer.Rule}  ({answer.Citation})");
        Output.Line($"  earliest  {answer.Earliest!.Local} {answer.Earliest.Zone}  =  {answer.Earliest.Instant}");
        Output.Line($"  latest    {answer.Latest!.Local} {answer.Latest.Zone}  =  {answer.Latest.Instant}");
        foreach (var step in answer.Steps)
            Output.Line("  · " + step);
        foreach (var warning in answer.Warnings)
            Output.Line("  ! " + warning.Replace('_', ' '));
        return CommandLine.Done;
    }

    private static string LengthOf(Rule rule) => rule.Main.Length.Unit == LengthUnit.None
        ? "no number"
        : $"{rule.Main.Length.Value} {LengthCodes.CodeOf(rule.Main.Length.Unit)} {CountingCodes.CodeOf(rule.Main.Counting)}";
}
