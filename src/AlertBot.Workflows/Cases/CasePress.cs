using AlertBot.Domain.Cases;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>case:CODE</c> under alerts and lists: the details, in a private chat and never in a group.</summary>
public sealed class CasePress(CasePage page) : IPress
{
    public string Prefix => "case";

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup)
            talk.Notice("group.only-private");
        else if (CaseCode.TryParse(data, out var code))
            await page.ShowAsync(talk, code);
        else
            talk.Notice("button.stale");
    }
}
