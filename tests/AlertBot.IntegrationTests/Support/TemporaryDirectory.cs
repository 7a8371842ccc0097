namespace AlertBot.IntegrationTests.Support;

/// <summary>A directory for one test, deleted afterwards.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        Path = NewPath();
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>An unused path; short, because sockets are created below it.</summary>
    public static string NewPath() => System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"alertbot-test-{Guid.NewGuid():N}"[..24]);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
