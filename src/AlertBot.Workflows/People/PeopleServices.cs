using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.People;

/// <summary>Registers the room for invitations, suspension, accounts, rhythm and rota.</summary>
public static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddRoom<AcceptInvite>();
}
