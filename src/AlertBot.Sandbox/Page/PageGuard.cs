using System.Net;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Sandbox.Page;

/// <summary>
/// Keeps out other sites in the same browser. They can send requests to this machine, but not as JSON (the browser asks first and gets no consent),
/// and not without naming their origin.
/// </summary>
internal static class PageGuard
{
    /// <returns>Null to accept the request, else the reason for refusing it.</returns>
    public static string? Refuses(HttpRequest request, bool isLoopbackOnly)
    {
        // An attacker's DNS may point a name to this machine ("rebinding"). Such a name is not accepted.
        if (isLoopbackOnly && !IsLoopback(request.Host.Host))
            return "This address is not one of the sandbox.";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site != "same-origin")
            return "Another site may not act here.";
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            return "Another site may not act here.";
        return request.HasJsonContentType() ? null : "Only JSON is taken.";
    }

    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
