namespace AlertBot.Channels.Telegram;

/// <summary>Puts back the path of a server of one's own: the library keeps only the host of the address it is given.</summary>
internal sealed class BelowPath(string path, HttpMessageHandler connection) : DelegatingHandler(connection)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (path.Length > 0 && request.RequestUri is { } address)
            request.RequestUri = new UriBuilder(address) { Path = path + address.AbsolutePath }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
