namespace AlertBot.Postgres.Vaults;

/// <summary>A value cannot be opened, or a key cannot be used. The message is for the operator and holds no content and no part of a key.</summary>
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
