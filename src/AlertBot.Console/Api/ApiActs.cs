using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace AlertBot.Desk.Api;

/// <summary>
/// What programs do: one act of the person who made the token, in one transaction with its answer. The act checks the role, as it does for the
/// chat and the desk; here only what the token may be used for is checked.
/// </summary>
internal sealed partial class ApiActs(Database database, FindToken find, ApiLimits limits, ILogger<ApiActs> logger)
{
    public const int MostBytes = 64 * 1024;

    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;
    private const string Json = "application/json";

    /// <summary>Reads something. Nothing but the audit log is written.</summary>
    public Task<IResult> ReadAsync(HttpContext context, Func<Session, Task<ApiAnswer>> act) => GuardAsync(context, async (secret, token) =>
    {
        using var turn = await limits.TurnAsync(token, context.RequestAborted);
        if (turn is null)
            return NotNow(context);
        await using var session = await database.BeginAsync(context.RequestAborted);
        if (await ActAsAsync(session, secret) is not { } program)
            return ApiProblem.Unknown.ToResult();
        return await EndAsync(session, await act(session.As(program.Actor)), null, context);
    });

    /// <summary>Does something that a body describes.</summary>
    /// <param name="isOurs">False: the body has the sender's own format, which may hold more than we read.</param>
    public Task<IResult> RunAsync<T>(HttpContext context, Func<Session, T, Task<ApiAnswer>> act, int most = MostBytes, bool isOurs = true)
        where T : class => GuardAsync(context, async (secret, token) =>
    {
        if (context.Request.Headers[KeyHeader].ToString() is var key && !IsKey(key))
            return ApiProblem.Field(KeyHeader, $"one word of at most {LongestKey} letters, digits and signs").ToResult();
        if (!(MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType == Json))
            return ApiProblem.NoJson.ToResult();
        if (await BodyAsync(context, most) is not { } text)
            return ApiProblem.TooLong(most).ToResult();
        var (body, problem) = ApiBody.Read<T>(text, isOurs);
        if (body is null)
            return problem!.ToResult();

        using var turn = await limits.TurnAsync(token, context.RequestAborted);
        if (turn is null)
            return NotNow(context);
        // A body that is sent byte by byte takes as long as its sender wants, and a freeze in the meantime counts.
        await using var session = await database.BeginAsync(context.RequestAborted);
        if (await ActAsAsync(session, secret) is not { } program)
            return ApiProblem.Unknown.ToResult();
        var claimed = key.Length == 0 ? null : await session.ApiAnswers.ClaimAsync(
            program.Token.Id, key, $"{context.Request.Method} {context.Request.Path}\n{text}");
        return claimed switch
        {
            ClaimedKey.Answered { Status: var status, Body: var answer } => Given(answer, status),
            ClaimedKey.OfAnother => new ApiProblem(
                StatusCodes.Status422UnprocessableEntity, "key", "The Idempotency-Key was used for another request",
                "Nothing was done. A key stands for one request with one body; choose a new one for a new request.").ToResult(),
            _ => await EndAsync(session, await act(session.As(program.Actor), body), claimed as ClaimedKey.New, context),
        };
    });

    private async Task<IResult> GuardAsync(HttpContext context, Func<ApiSecret, ApiToken, Task<IResult>> act)
    {
        try
        {
            var scope = context.GetEndpoint()!.Metadata.GetRequiredMetadata<NeededScope>().Scope;
            if (SecretIn(context.Request) is not { } secret)
                return Unknown(context);
            var (hasLooked, found) = await FoundAsync(secret, context.RequestAborted);
            if (!hasLooked)
                return NotNow(context);
            return found is { } token
                ? !limits.Lets(context, token.Id, scope ?? ApiScope.Dates) ? ApiProblem.TooMuch.ToResult()
                    : scope is { } needed && !token.Scopes.Contains(needed) ? ApiProblem.Scope(Words.Snake(needed.ToString())).ToResult()
                    : await act(secret, token)
                : Unknown(context);
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiProblem.TooLong(MostBytes).ToResult();
        }
        catch (NpgsqlException outage) when (outage is not PostgresException || outage.IsTransient)
        {
            return NotNow(context);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or BadHttpRequestException))
        {
            var code = RandomNumberGenerator.GetHexString(8);
            // An exception's message may quote a person's words, so we log only its type and place.
            LogFailed(code, failure.GetType().Name, failure.TargetSite?.DeclaringType?.Name ?? "?");
            return ApiProblem.Fault(code).ToResult();
        }
    }

    private async Task<(bool HasLooked, ApiToken? Token)> FoundAsync(ApiSecret secret, CancellationToken ct)
    {
        using var turn = await limits.LookAsync(ct);
        if (turn is null)
            return (false, null);
        await using var session = await database.BeginAsync(ct);
        var program = await find.RunAsync(session, secret);
        await session.CommitAsync(ct);
        return (true, program?.Token);
    }

    private Task<ProgramActor?> ActAsAsync(Session session, ApiSecret secret) => find.RunAsync(session, secret);

    private static async Task<IResult> EndAsync(Session session, ApiAnswer answer, ClaimedKey.New? claimed, HttpContext context)
    {
        if (answer is not ApiAnswer.Given { Status: var status, Body: var body })
            return ((ApiAnswer.Refused)answer).Problem.ToResult();

        var text = JsonSerializer.Serialize(body, ApiBody.Options);
        if (claimed is not null)
            await session.ApiAnswers.SaveAsync(claimed, status, text);
        await session.CommitAsync(context.RequestAborted);
        return Given(text, status);
    }

    private static IResult Given(string json, int status) => Results.Text(json, Json, Encoding.UTF8, status);

    private static IResult NotNow(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return ApiProblem.NotNow.ToResult();
    }

    private static IResult Unknown(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Unknown.ToResult();
    }

    private static ApiSecret? SecretIn(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.Split(' ', 2, StringSplitOptions.TrimEntries) is [var scheme, var token]
        && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && ApiSecret.TryParse(token, out var secret)
            ? secret
            : null;

    private static bool IsKey(string key) => key.Length <= LongestKey && key.All(sign => sign is > ' ' and < '\u007f');

    // Null: longer than allowed.
    private static async Task<string?> BodyAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most)
            return null;
        using var read = new MemoryStream();
        var part = new byte[8192];
        while (await context.Request.Body.ReadAsync(part, context.RequestAborted) is > 0 and var count)
        {
            if (read.Length + count > most)
                return null;
            read.Write(part, 0, count);
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }

    [LoggerMessage(LogLevel.Error, "A program's request failed with fault code {FaultCode}: {Failure} in {Place}")]
    private partial void LogFailed(string faultCode, string failure, string place);
}

/// <summary>What an address of the API demands of a token; null: any token.</summary>
internal sealed record NeededScope(ApiScope? Scope);
