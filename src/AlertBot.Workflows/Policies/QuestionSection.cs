using AlertBot.Domain.Deadlines;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Policies;

/// <summary>The section <c>questions</c>: how a question about a date goes on while nobody answers.</summary>
internal static class QuestionSection
{
    public const string Name = "questions";

    public static QuestionPolicy Read(YamlMap root)
    {
        if (root.Map(Name) is not { } map)
        {
            root.Report(Name, $"the section '{Name}' is missing: say whom an unanswered question goes to, and when");
            return QuestionPolicy.Usual;
        }

        map.AllowOnly("next_person_after", "coordinators_after");
        var usual = QuestionPolicy.Usual;
        return usual with
        {
            NextPersonAfter = map.Length("next_person_after", usual.NextPersonAfter),
            CoordinatorsAfter = map.Length("coordinators_after", usual.CoordinatorsAfter),
        };
    }
}
