namespace AlertBot.Workflows.Chat;

/// <content>Looks after updates that wait behind nobody and are not at the head.</content>
public sealed partial class InboxWorker
{
    private static readonly TimeSpan LookForHeads = TimeSpan.FromSeconds(5);

    // While two versions of the program run, the older one ends updates without putting the next one at the head.
    private async Task FindHeadsAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var session = await database.BeginAsync(ct);
                var found = await session.Inbox.FindHeadsAsync();
                await session.CommitAsync(ct);
                if (found > 0)
                    _bell.Ring();
            }
            catch (Exception outage) when (!ct.IsCancellationRequested)
            {
                LogNotHandled(outage.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(LookForHeads, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
