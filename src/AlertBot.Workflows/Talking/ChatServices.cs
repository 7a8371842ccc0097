using AlertBot.Workflows.CheckIns;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Talking.CheckingIn;
using AlertBot.Workflows.Talking.Commands;
using AlertBot.Workflows.Talking.NewCase;
using AlertBot.Workflows.Talking.NewEvent;
using AlertBot.Workflows.Talking.Presses;
using AlertBot.Workflows.Talking.Reporting;
using AlertBot.Workflows.Talking.Triage;
using AlertBot.Workflows.Texts;
using AlertBot.Workflows.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Talking;

/// <summary>The chat: its commands, conversations, presses, and who takes what.</summary>
public static class ChatServices
{
    /// <summary>Needs beside it: law, texts, policies, channels, the registry of names, and <see cref="Cases.RecordEvent"/>.</summary>
    public static IServiceCollection AddChat(this IServiceCollection services)
    {
        services.AddSingleton<AcceptInvite>().AddSingleton<StopMessages>().AddSingleton<AnswerReminder>().AddSingleton<CasePage>();
        services.AddSingleton<FullAlert>().AddSingleton<ReportFlood>().AddSingleton<Corrections>();
        services.AddSingleton<VerifyIncident>().AddSingleton<RetractIncident>().AddSingleton<AttachIncident>().AddSingleton<AskReporter>();
        services.AddSingleton<IncidentAlerts>().AddSingleton<Corroborate>().AddSingleton<SuggestPeople>().AddSingleton<GatherReports>().AddSingleton<TakeIncident>();
        services.AddSingleton<SendReport>().AddSingleton<AddToReport>().AddSingleton<ForgetReports>().AddSingleton<PrivateLink>();
        services.AddSingleton<Escalate>().AddSingleton<AnswerIncident>().AddSingleton<NoteOnIncident>().AddSingleton<CloseIncident>();
        services.AddSingleton<CheckInMessages>().AddSingleton<OpenSilence>().AddSingleton<EndSilence>().AddSingleton<KeepCheckIn>().AddSingleton<CheckInContacts>();
        services.AddSingleton<IncidentEnding>().AddSingleton<ChangeRota>();
        // The list is asked for late: some of the commands show it themselves.
        services.AddSingleton(provider => new CommandMenus(provider.GetServices<IChatCommand>, provider.GetRequiredService<TextCatalog>()));

        services.AddTalk<StartCommand>().AddTalk<HelpCommand>().AddTalk<LanguageCommand>().AddTalk<PrivacyCommand>().AddTalk<StopCommand>();
        services.AddTalk<CasesCommand>().AddTalk<CaseCommand>().AddTalk<NextCommand>().AddTalk<FindCommand>();
        services.AddTalk<SubscribeCommand>().AddTalk<UnsubscribeCommand>().AddTalk<LinkCommand>().AddTalk<UnlinkCommand>();
        services.AddSingleton<LinkAccount>().AddTalk<ChannelsCommand>();
        services.AddTalk<InviteCommand>().AddTalk<PeopleCommand>().AddTalk<CaptchaCommand>().AddTalk<FreezeCommand>().AddTalk<KeyPress>().AddTalk<HelloPress>();
        services.AddTalk<QuietCommand>().AddTalk<DigestCommand>().AddTalk<CalendarCommand>().AddTalk<GrownPress>();
        services.AddTalk<NewCaseConversation>().AddTalk<EventConversation>();
        services.AddTalk<CasePress>().AddTalk<StepsPress>().AddTalk<ConfirmPress>().AddTalk<AnswerPress>().AddTalk<RecordPress>().AddTalk<IncidentPress>();
        services.AddTalk<TriagePress>().AddTalk<QueueCommand>().AddTalk<VerifyCommand>().AddTalk<CorrectionConversation>().AddTalk<AskConversation>().AddTalk<AskedConversation>();
        services.AddTalk<NoteConversation>().AddTalk<MineCommand>().AddTalk<OnCallCommand>().AddTalk<DiscreetPress>();
        services.AddTalk<ReportConversation>().AddTalk<FirstWords>().AddTalk<AddCommand>().AddTalk<StatusCommand>().AddTalk<ForgetCommand>();
        services.AddTalk<CheckInConversation>().AddTalk<CheckInPress>().AddTalk<ContactConversation>();
        services.AddSingleton<IFirstWords>(provider => provider.GetRequiredService<FirstWords>());
        services.AddSingleton<Router>();
        return services;
    }

    /// <summary>One thing that takes commands, goes on with conversations or takes presses, or several of these.</summary>
    public static IServiceCollection AddTalk<T>(this IServiceCollection services)
        where T : class
    {
        services.AddSingleton<T>();
        foreach (var door in new[] { typeof(IChatCommand), typeof(IConversation), typeof(IPress) }.Where(door => door.IsAssignableFrom(typeof(T))))
            services.AddSingleton(door, provider => provider.GetRequiredService<T>());
        return services;
    }
}
