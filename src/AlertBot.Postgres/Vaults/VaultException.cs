namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Something could not be opened, or a key cannot be used. The message is for the operator and never
/// holds any content or part of a key.
/// </summary>
public sealed class VaultException : Exception
{
    public VaultException(string message)
        : base(message)
    {
    }

    public VaultException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
