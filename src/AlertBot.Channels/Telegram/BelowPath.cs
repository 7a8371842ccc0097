namespace AlertBot.Channels.Telegram;

/// <summary>Restores the path of a custom server's address, of which the library keeps only the host.</summary>
internal sealed class BelowPath(string path, HttpMessageHandler connection) : DelegatingHandler(connection)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (path.Length > 0 && request.RequestUri is { } address)
            request.RequestUri = new UriBuilder(address) { Path = path + address.AbsolutePath }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
