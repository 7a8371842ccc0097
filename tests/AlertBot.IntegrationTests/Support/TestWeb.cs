using Microsoft.AspNetCore.Builder;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Begins a web server of a test.</summary>
internal static class TestWeb
{
    // Otherwise the framework watches every file below the working directory, which takes longer than most tests.
    public static WebApplicationBuilder Builder() =>
        WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
}
