using AlertBot.IntegrationTests.Jobs;

// The test runner loads this assembly without calling this. A test that needs a process to kill starts it.
return args switch
{
    [NodeProcess.Verb] => await NodeProcess.RunAsync(),
    _ => throw new ArgumentException("Run these tests with dotnet test."),
};
