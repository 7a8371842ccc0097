namespace AlertBot.IntegrationTests.Support;

/// <summary>Thirty invented names, so unlike that no two of them are taken for one person.</summary>
internal static class UnlikeNames
{
    public static readonly IReadOnlyList<string> All =
    [
        "Borvek Tashlum", "Chidap Fugozi", "Dramil Kessov", "Fentur Olabi", "Gwishka Pronte", "Hulbar Yemsin", "Jovrik Ashmet", "Kelzin Dorpau",
        "Lumfar Wenzok", "Mosdil Uprike", "Nerguz Chalbo", "Optash Rivend", "Pulgem Sotnar", "Quarbi Izmold", "Rufshen Valkip", "Sizbor Emhult",
        "Tolpek Garwin", "Urmash Bezlon", "Vendri Oxfal", "Wulzap Kirdem", "Xaplim Turgo", "Yodvan Shembil", "Zirkul Nofpat", "Abwend Murzik",
        "Egdor Plinsa", "Ilvush Hartep", "Omzel Cragit", "Ushpol Dinkra", "Bexlar Yutwom", "Chorvip Zelgan",
    ];
}
