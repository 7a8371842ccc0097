using System.Data;
using Dapper;
using NodaTime;

namespace AlertBot.Postgres;

/// <summary>Maps NodaTime's types to PostgreSQL. No other file uses the framework's dates.</summary>
internal static class DapperTypes
{
    private static readonly Lazy<bool> Registered = new(RegisterOnce);

    public static void Register() => _ = Registered.Value;

    private static bool RegisterOnce()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new LocalDateHandler());
        SqlMapper.AddTypeHandler(new LocalTimeHandler());
        return true;
    }

    /// <summary>PostgreSQL stores microseconds, so values read back count, not those written.</summary>
    private sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override Instant Parse(object value) => Instant.FromDateTimeUtc(((DateTime)value).ToUniversalTime());

        public override void SetValue(IDbDataParameter parameter, Instant value)
        {
            parameter.DbType = DbType.DateTimeOffset;
            parameter.Value = value.ToDateTimeOffset();
        }
    }

    private sealed class LocalDateHandler : SqlMapper.TypeHandler<LocalDate>
    {
        public override LocalDate Parse(object value) =>
            value is DateOnly day ? LocalDate.FromDateOnly(day) : LocalDate.FromDateTime((DateTime)value);

        public override void SetValue(IDbDataParameter parameter, LocalDate value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value.ToDateOnly();
        }
    }

    private sealed class LocalTimeHandler : SqlMapper.TypeHandler<LocalTime>
    {
        public override LocalTime Parse(object value) =>
            value is TimeOnly time ? LocalTime.FromTimeOnly(time) : LocalTime.FromTicksSinceMidnight(((TimeSpan)value).Ticks);

        public override void SetValue(IDbDataParameter parameter, LocalTime value)
        {
            parameter.DbType = DbType.Time;
            parameter.Value = value.ToTimeOnly();
        }
    }
}
