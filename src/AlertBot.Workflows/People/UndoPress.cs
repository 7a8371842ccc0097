using System.Globalization;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.People;

/// <summary><c>undo:ACT</c> under the list of what a suspended person's account did.</summary>
public sealed class UndoPress(WhatAPhoneDid whatAPhoneDid) : IPress
{
    public string Prefix => WhatAPhoneDid.Press;

    public async Task PressAsync(Talk talk, string data)
    {
        var isDone = !talk.IsGroup && talk.May(Role.Coordinator) && talk.Person is not null
            && long.TryParse(data, NumberStyles.None, CultureInfo.InvariantCulture, out var act)
            && await whatAPhoneDid.UndoAsync(talk.Session, act);
        talk.Notice(isDone ? "freeze.undone" : "freeze.not-undone");
    }
}
