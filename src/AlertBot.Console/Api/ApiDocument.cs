using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AlertBot.Desk.Api;

/// <summary>The API as OpenAPI describes it, made from the addresses' own descriptions.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Token = "token";

    public static void Add(IServiceCollection services) => services.AddOpenApi(Name, document =>
    {
        document.ShouldInclude = address => address.RelativePath?.StartsWith(ApiEndpoints.Home[1..], StringComparison.Ordinal) == true
            && address.ActionDescriptor.EndpointMetadata.OfType<NeededScope>().Any(needed => needed.Scope is not null);
        document.AddDocumentTransformer((whole, _, _) =>
        {
            whole.Info = new OpenApiInfo
            {
                Title = "AlertBot",
                Version = Name,
                Description = "For scripts, partners and monitoring. No name of a person at risk is in any answer.",
            };
            whole.Servers = [];
            whole.Components ??= new OpenApiComponents();
            whole.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Token] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "Made at the desk, under Tokens.",
                },
            };
            whole.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, whole)] = [] }];
            return Task.CompletedTask;
        });
        document.AddOperationTransformer((operation, context, _) =>
        {
            var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<NeededScope>().First().Scope;
            operation.Description = $"{operation.Description} Scope: `{scope.ToString()!.ToLowerInvariant()}`.";
            if (operation.RequestBody is not null)
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = "Idempotency-Key",
                    In = ParameterLocation.Header,
                    Description = "One word of yours for this request: sent again with it, it is answered the same and done once.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
                });
            }

            return Task.CompletedTask;
        });
    });

    public static void Map(RouteGroupBuilder api) => api.MapGet(
            "/openapi.json", (HttpContext context, ApiActs acts) => acts.ReadAsync(context, async _ => ApiAnswer.Done(
                JsonSerializer.Deserialize<JsonElement>(await TextAsync(context.RequestServices, context.RequestAborted)))))
        .WithMetadata(new NeededScope(null));

    public static async Task<string> TextAsync(IServiceProvider services, CancellationToken ct) =>
        await (await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(ct))
            .SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, ct);
}
