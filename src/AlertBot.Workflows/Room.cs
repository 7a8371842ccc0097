using System.Reflection;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.People;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows;

/// <summary>
/// Registers a room: a folder of this project with everything of one subject. Each of its classes that can be made from services is registered under
/// its own type, and under every interface of chat and jobs that it implements.
/// </summary>
internal static class Room
{
    private static readonly Type[] Doors =
        [typeof(IChatCommand), typeof(IConversation), typeof(IPress), typeof(IFirstWords),
            typeof(IChatChanges), typeof(IFirstContact), typeof(IRecurringJob), typeof(IUndo),
            typeof(IOverhears)];

    /// <typeparam name="TInside">Any class of the room.</typeparam>
    public static IServiceCollection AddRoom<TInside>(this IServiceCollection services)
    {
        foreach (var type in typeof(TInside).Assembly.GetTypes().Where(type => type.Namespace == typeof(TInside).Namespace && IsService(type)))
        {
            services.AddSingleton(type);
            foreach (var door in Doors.Where(door => door.IsAssignableFrom(type)))
                services.AddSingleton(door, provider => provider.GetRequiredService(type));
        }

        return services;
    }

    private static bool IsService(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsNested: false, IsGenericType: false }
        && !typeof(Exception).IsAssignableFrom(type) && !IsRecord(type)
        && type.GetConstructors() is [var only] && only.GetParameters().All(IsGiven);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    // A class that needs one channel exists once per account, and one that needs a function is registered by hand.
    private static bool IsGiven(ParameterInfo parameter) =>
        parameter.ParameterType is { IsValueType: false, IsArray: false } type
        && type != typeof(string) && type != typeof(IChannel) && !typeof(Delegate).IsAssignableFrom(type);
}
