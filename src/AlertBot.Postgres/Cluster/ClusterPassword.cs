using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace AlertBot.Postgres.Cluster;

/// <summary>
/// The generated passwords of a private cluster. The superuser's is in a file beside the data, mode 0600. The program's own is derived from it, so
/// that a leaked connection string makes nobody superuser.
/// </summary>
internal sealed class ClusterPassword
{
    public const string Superuser = "postgres";
    public const string User = "alertbot";
    public const string Database = "alertbot";

    private readonly string _secret;

    private ClusterPassword(string secret) => _secret = secret;

    public string OfUser => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_secret), "alertbot/user/1"u8));

    public static async Task<ClusterPassword> CreateAsync(ClusterPlace place, ServerAccount account, CancellationToken ct)
    {
        File.Delete(place.Password);
        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        OwnerOnly.CreateFile(place.Password, secret + "\n");
        await ClusterPlace.GiveAsync(account, ct, place.Password);
        return new ClusterPassword(secret);
    }

    public static async Task<ClusterPassword> ReadAsync(ClusterPlace place, CancellationToken ct) =>
        File.Exists(place.Password)
            ? new ClusterPassword((await File.ReadAllTextAsync(place.Password, ct)).Trim())
            : throw new ClusterProblem(
                $"The password file {place.Password} is gone, and without it the database beside it does not let us in. "
                + "Put it back from a copy of the directory.");

    public string Connection(ClusterPlace place) => Builder(place, User, OfUser, Database).ConnectionString;

    public string SuperuserConnection(ClusterPlace place)
    {
        var builder = Builder(place, Superuser, _secret, "postgres");
        builder.Pooling = false;
        builder.Timeout = 5;
        return builder.ConnectionString;
    }

    public override string ToString() => "(password)";

    private static NpgsqlConnectionStringBuilder Builder(ClusterPlace place, string user, string password, string database) => new()
    {
        Host = place.Sockets,
        Port = ClusterPlace.Port,
        Username = user,
        Password = password,
        Database = database,
        // Two nodes together stay below the server's 100 connections, with the quick ones.
        MaxPoolSize = 36,
    };
}
