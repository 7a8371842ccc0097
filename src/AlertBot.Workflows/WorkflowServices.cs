using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Auditing;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.CheckIns;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Entrance;
using AlertBot.Workflows.Importing;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.Monitoring;
using AlertBot.Workflows.Names;
using AlertBot.Workflows.Operations;
using AlertBot.Workflows.Overdue;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Retention;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.SignIn;
using AlertBot.Workflows.Subscribing;
using AlertBot.Workflows.Tokens;
using AlertBot.Workflows.Webhooks;
using AlertBot.Workflows.Wiping;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows;

/// <summary>All rooms. They need beside them: the database, law, texts, policies, clocks, the channels and who wakes whom.</summary>
public static class WorkflowServices
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services) => services
        .AddNames().AddAlerting().AddChat().AddPeople().AddMessengers().AddSubscribing().AddDeadlines().AddCases().AddIncidents().AddReports()
        .AddCheckIns().AddEntrance().AddSignIn().AddSending().AddBackups().AddAuditing().AddOverdue().AddWiping().AddRetention()
        .AddImporting().AddOperations().AddTokens().AddMonitoring().AddWebhooks();
}
