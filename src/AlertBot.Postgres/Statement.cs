using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using NodaTime;

namespace AlertBot.Postgres;

/// <summary>A statement that goes to the database together with others. Prints as a mask: its parameters may be of people.</summary>
/// <param name="Parameters">Null for one that is no work, such as a savepoint.</param>
internal partial record Statement(string Sql, object? Parameters = null)
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> PropertiesOf = new();

    /// <summary>Whether it changes rows: it must reach the server.</summary>
    public bool IsWork => Parameters is not null;

    /// <summary>Whether it gives rows, which nobody reads.</summary>
    public bool GivesRows { get; init; }

    /// <summary>Its text with names that no other statement of the same command has. The server gets numbers for names, and knows it again.</summary>
    /// <param name="all">Gets its parameters under those names.</param>
    public string JoinTo(DynamicParameters all, string mark)
    {
        if (Parameters is null)
            return Sql;
        foreach (var property in PropertiesOf.GetOrAdd(Parameters.GetType(), type => type.GetProperties()))
        {
            var value = property.GetValue(Parameters);
            all.Add(property.Name + mark, value, value is null ? TypeOfNull(property.PropertyType) : null);
        }

        return Names().Replace(Sql, $"$0{mark}");
    }

    /// <summary>These as one command, in their order.</summary>
    /// <param name="mark">Another one for each of several commands that are joined.</param>
    public static (string Sql, DynamicParameters Parameters) Join(IReadOnlyList<Statement> statements, char mark)
    {
        var all = new DynamicParameters();
        var sql = string.Join(
            ";\n", statements.Select((one, at) => one.JoinTo(all, string.Create(CultureInfo.InvariantCulture, $"_{mark}{at}"))));
        return (sql, all);
    }

    // The server keeps the plan of a statement with the types of its parameters: they must not depend on what is missing today.
    private static DbType? TypeOfNull(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var one when one == typeof(string) => DbType.String,
        var one when one == typeof(Guid) => DbType.Guid,
        var one when one == typeof(int) => DbType.Int32,
        var one when one == typeof(short) => DbType.Int16,
        var one when one == typeof(bool) => DbType.Boolean,
        var one when one == typeof(byte[]) => DbType.Binary,
        var one when one == typeof(Instant) => DbType.DateTimeOffset,
        _ => null,
    };

    [GeneratedRegex(@"@[A-Za-z]\w*")]
    private static partial Regex Names();

    public override string ToString() => "(statement)";
}

/// <summary>A statement that gives rows.</summary>
/// <param name="Of">Whose act it belongs to.</param>
internal abstract record Reading(string Sql, object Parameters, Access Of) : Statement(Sql, Parameters)
{
    public abstract bool IsAnswered { get; }

    public abstract Task ReadAsync(SqlMapper.GridReader reader);

    public override string ToString() => "(statement)";
}

/// <inheritdoc/>
internal sealed record Reading<TRow>(string Sql, object Parameters, Access Of) : Reading(Sql, Parameters, Of)
{
    private IReadOnlyList<TRow>? _rows;

    public IReadOnlyList<TRow> Rows => _rows ?? throw new InvalidOperationException("The database was not asked yet.");

    public override bool IsAnswered => _rows is not null;

    public override async Task ReadAsync(SqlMapper.GridReader reader) => _rows = (await reader.ReadAsync<TRow>()).AsList();

    public override string ToString() => "(statement)";
}
