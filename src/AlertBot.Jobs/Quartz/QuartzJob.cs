using Quartz;

namespace AlertBot.Jobs.Quartz;

/// <summary>What the engine calls: the job of ours whose name the run carries.</summary>
internal sealed class QuartzJob(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        if (await runner.RunAsync(name, context.RetryAttempt + 1, cancellationToken) is { } code)
            // Makes the engine try again. It logs what it is thrown, so that carries a code and not the cause.
            throw new JobExecutionException($"Job {name} failed, code {code}.");
    }
}
