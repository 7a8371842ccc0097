namespace AlertBot.IntegrationTests.Support;

/// <summary>Asks a server repeatedly until its answer is as wanted, for states that it does not announce.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the answer, with any status, is as wanted.</summary>
    public static async Task SaysAsync(HttpClient http, string path, Func<string, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), patience.Token);
                if (isSo(await answer.Content.ReadAsStringAsync(patience.Token)))
                    return;
            }
            catch (HttpRequestException)
            {
                // The server is still starting.
            }

            await Task.Delay(Pause, patience.Token);
        }
    }
}
