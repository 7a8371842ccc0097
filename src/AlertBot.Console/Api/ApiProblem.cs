using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AlertBot.Desk.Api;

/// <summary>
/// Why a request was not done, after RFC 9457: a code for the program, and for whoever wrote it a sentence that says what to do. It names no
/// person and nothing of how we are made.
/// </summary>
internal sealed record ApiProblem(int Status, string Code, string Title, string Detail)
{
    private const string Type = "application/problem+json";

    public static readonly ApiProblem Unknown = new(
        StatusCodes.Status401Unauthorized, "token", "No valid token",
        "Send the header 'Authorization: Bearer alertbot_...'. A token that has expired, was ended, or whose maker is suspended is not valid: "
        + "a coordinator makes a new one at the desk, under Tokens.");

    public static readonly ApiProblem TooMuch = new(
        StatusCodes.Status429TooManyRequests, "rate", "Too many requests", "Wait for as many seconds as the header Retry-After says, then go on.");

    public static readonly ApiProblem NotNow = new(
        StatusCodes.Status503ServiceUnavailable, "not-now", "It cannot be done at the moment",
        "Nothing was done. Send the same again after as many seconds as the header Retry-After says, with the same Idempotency-Key.");

    public static readonly ApiProblem NoCase = new(
        StatusCodes.Status404NotFound, "case", "No such case",
        "There is no case of that code. Codes look like K-7F3Q; GET /api/v1/cases lists them.");

    public static readonly ApiProblem NoAddress = new(
        StatusCodes.Status404NotFound, "address", "No such address", "GET /api/v1/openapi.json, with a token, describes all that there are.");

    public static readonly ApiProblem NoMethod = new(
        StatusCodes.Status405MethodNotAllowed, "method", "Not with this method", "The header Allow says which one this address takes.");

    public static readonly ApiProblem NoJson = new(
        StatusCodes.Status415UnsupportedMediaType, "body", "The body is not JSON", "Send JSON, with the header 'Content-Type: application/json'.");

    public static readonly ApiProblem NotYours = new(
        StatusCodes.Status403Forbidden, "role", "Not allowed", "The maker of this token may not do that.");

    public static ApiProblem TooManyAlerts(int most, int minutes) => new(
        StatusCodes.Status429TooManyRequests, "rate", "Too many urgent alerts",
        $"Nothing was done. People read no more than {most} urgent alerts of one maker within {minutes} minutes: put them together in one, send them "
        + "as notice, or wait for as many seconds as the header Retry-After says.");

    public static ApiProblem Scope(string scope) => new(
        StatusCodes.Status403Forbidden, "scope", "The token lacks a scope",
        $"This needs the scope '{scope}'. Scopes cannot be added: a coordinator makes a new token at the desk, under Tokens.");

    public static ApiProblem Field(string name, string what) => new(
        StatusCodes.Status422UnprocessableEntity, "field", "A field is wrong", $"'{name}': {what}");

    public static ApiProblem Body(string what) => new(StatusCodes.Status400BadRequest, "body", "The body cannot be read", what);

    public static ApiProblem TooLong(int most) => new(
        StatusCodes.Status413PayloadTooLarge, "size", "The body is too long", $"A body may have {most / 1024} kB.");

    public static ApiProblem Fault(string code) => new(
        StatusCodes.Status500InternalServerError, "fault", "Something broke here",
        $"Nothing was done. The operator finds the cause in the log under {code}.");

    public IResult ToResult() => Results.Json(
        new ProblemDetails { Type = $"urn:alertbot:problem:{Code}", Title = Title, Status = Status, Detail = Detail }, contentType: Type,
        statusCode: Status);
}
