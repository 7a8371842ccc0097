using AlertBot.Domain.Cases;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>steps:CODE</c> under a case: how its dates were counted.</summary>
public sealed class StepsPress(CasePage page) : IPress
{
    public string Prefix => "steps";

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup)
            talk.Notice("group.only-private");
        else if (CaseCode.TryParse(data, out var code))
            await page.ShowStepsAsync(talk, code);
        else
            talk.Notice("button.stale");
    }
}
