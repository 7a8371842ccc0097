using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// One line for each date: who must do what, and where it is written. A rule has words of its own under <c>must</c> in the files of texts,
/// by its id; else those of its kind are said.
/// </summary>
public sealed class WhatMustBeDone(LawBook book, TextCatalog texts)
{
    /// <returns>Null for what is a question by itself.</returns>
    public Line? Of(Deadline deadline)
    {
        if (!ChangeAlert.IsDate(deadline))
            return null;

        var by = ("by", (object)deadline.Limit.Earliest);
        if (book.Find(deadline.RuleId) is not { } rule)
            return new Line("must.alone", ("what", new Line("must.by-kind", ("kind", deadline.Kind), by)));
        var own = "must." + rule.Id;
        var hasOwn = deadline.Kind == rule.Main.Kind && texts.Has(TextCatalog.FallbackLanguage, own);
        var what = hasOwn ? new Line(own, by) : new Line("must.by-kind", ("kind", deadline.Kind), by);
        return rule.Citation.Length == 0
            ? new Line("must.alone", ("what", what))
            : new Line("must.line", ("what", what), ("citation", rule.Citation));
    }
}
