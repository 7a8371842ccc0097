using System.Xml.Linq;
using AlertBot.Postgres;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AlertBot.Desk;

/// <summary>Keeps what forms are signed with in the database, sealed. The framework asks rarely, and only in this manner without waiting.</summary>
internal sealed class FormKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => AddAsync(element).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        return (await session.FormKeys.AllAsync()).Select(XElement.Parse).ToList();
    }

    private async Task AddAsync(XElement element)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        await session.FormKeys.AddAsync(element.ToString(SaveOptions.DisableFormatting));
        await session.CommitAsync(CancellationToken.None);
    }
}
