using System.Xml.Linq;
using AlertBot.Postgres;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AlertBot.Desk;

/// <summary>Keeps the keys that sign forms in the database, sealed. The framework offers only this synchronous interface, and asks rarely.</summary>
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
