using System.Text;
using AlertBot.Sandbox;
using Dapper;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A database, a folder and the settings of a program on them.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly TemporaryDirectory _directory = new();

    private Place(TestDatabase database) => _database = database;

    public Dictionary<string, string> Settings { get; } = [];

    public static async Task<Place> CreateAsync(SandboxServer? sandbox = null)
    {
        var place = new Place(await TestDatabase.CreateEmptyAsync());
        place.Settings["ConnectionStrings__AlertBot"] = place._database.ConnectionString;
        place.Settings["Data__Directory"] = place._directory.Path;
        place.Settings["Web__Url"] = "http://127.0.0.1:0";
        if (sandbox is not null)
            (place.Settings["Telegram__Token"], place.Settings["Telegram__ApiUrl"]) = (sandbox.Token, sandbox.Url.AbsoluteUri);
        return place;
    }

    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(_directory[name], text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return _directory[name];
    }

    public Task<(int Code, string Said)> RunAsync(params string[] verb) => ProgramProcess.RunAsync(Settings, verb);

    public async Task<T> ValueAsync<T>(string sql)
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }
}
