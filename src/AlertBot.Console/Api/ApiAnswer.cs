using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk.Api;

/// <summary>What a program is answered: what was done, or why nothing was.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer() { }

    public static ApiAnswer Done(object body) => new Given(StatusCodes.Status200OK, body);

    public static ApiAnswer Created(object body) => new Given(StatusCodes.Status201Created, body);

    public static implicit operator ApiAnswer(ApiProblem problem) => new Refused(problem);

    public sealed record Given(int Status, object Body) : ApiAnswer
    {
        public override string ToString() => "(answer)";
    }

    /// <summary>Nothing of the act remains.</summary>
    public sealed record Refused(ApiProblem Problem) : ApiAnswer;
}
