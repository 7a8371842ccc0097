using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.People;

/// <summary>The room of invitations, suspension, accounts, rhythm, rota.</summary>
public static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddRoom<AcceptInvite>();
}
