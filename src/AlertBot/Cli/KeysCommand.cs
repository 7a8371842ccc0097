using System.CommandLine;
using System.Diagnostics;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres.Vaults;

namespace AlertBot.Cli;

/// <summary><c>keys</c>: replaces the key that seals, and splits the keys into parts for people to keep.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Replaces keys, and gives them to people in parts: any two of three give them back.")
    {
        Rotate(), Split(), Check(), Join(), TakeAway(),
    };

    private static Command Rotate()
    {
        var command = new Command("rotate", "Seals everything again with a new key, row by row, while the program runs. Broken off, it goes on.");
        command.SetAction(async (_, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            var began = Stopwatch.GetTimestamp();
            var rotation = new KeyRotation(storage.Database.Source, Storage.KeyFileOf(ground, storage.Directory), TimeProvider.System);
            var done = await InWords(() => rotation.RunAsync(Output.Line, ct));
            await storage.ActAsync(session => session.Audit.AddAsync(null, new AuditAct("keys.rotate"), null, $"{done.Key:x8}"), ct);
            Output.Line(
                $"{done.Values} values are sealed with the key {done.Key:x8} ({Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s). "
                + "The old key is gone from this machine.");
            Output.Line("Parts that were printed before do not hold the new key: print new ones with 'alertbot keys split'.");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command Split()
    {
        var directory = new Option<string>("--out")
        {
            Description = "Directory for the three pages; made when it is not there.",
            DefaultValueFactory = _ => "key-parts",
        };
        var old = new Option<string[]>("--with")
        {
            Description = "A part of before, twice: where the private half of the backup key is off this machine.",
        };
        var fresh = new Option<bool>("--new-backup-key") { Description = "A new backup key. Backups made before need the old parts." };
        var command = new Command("split", "Writes the keys in three parts, as pages to print. Any two give them back, one alone tells nothing.")
        {
            directory, old, fresh,
        };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            var file = Storage.KeyFileOf(ground, storage.Directory);
            using var ring = await InWords(() => RingToSplitAsync(file, parsed.GetValue(old) ?? [], parsed.GetValue(fresh), ct));
            var parts = InWords(() => KeyParts.Split(ring));
            var pages = KeyPaper.Write(parsed.GetRequiredValue(directory), parts, ring);
            await storage.ActAsync(async session =>
            {
                await session.KeyParts.AddAsync(ring, parts);
                await session.Audit.AddAsync(null, new AuditAct("keys.split"), null, parts[0].SplitName);
            }, ct);
            foreach (var page in pages)
                Output.Line(page);
            Output.Line($"Print each page, give each to another person in another place, then delete the files. Parts: {parts[0].SplitName}.");
            Output.Line("Each can try theirs: alertbot keys check FILE. When two are safe: alertbot keys take-away FILE FILE.");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static async Task<KeyRing> RingToSplitAsync(string file, string[] old, bool fresh, CancellationToken ct)
    {
        var ring = VaultKeyFile.Read(file);
        if (ring.Backup is { OpensBackups: true } && !fresh)
            return ring;
        if (fresh || ring.Backup is null)
        {
            var renewed = ring with { Backup = BackupKey.New() };
            await VaultKeyFile.ReplaceAsync(file, renewed, ct);
            return renewed;
        }

        if (old.Length != 2)
            return ring;
        using var joined = KeyParts.Join(PartOf(old[0]), PartOf(old[1]));
        return joined.Backup?.Id == ring.Backup.Id
            ? ring with { Backup = BackupKey.FromPrivate(joined.Backup.RevealPrivate()!) }
            : throw new VaultException($"These parts hold another backup key than {ring.Backup.Id:x8}, which is in use.");
    }

    private static Command Check()
    {
        var path = new Argument<string>("part") { Description = "The file of a part, or - to type or scan it in." };
        var command = new Command("check", "Says whether a part is a right one. Needs no other part.") { path };
        command.SetAction(async (parsed, ct) =>
        {
            var part = InWords(() => PartOf(parsed.GetRequiredValue(path)));
            Output.Line($"Part {part.Number} of {KeyParts.Count} of the parts {part.SplitName}: complete, nothing is mistyped.");
            return await Output.WithStorageAsync(async (ground, storage) =>
            {
                await using var session = await storage.Database.BeginAsync(ct);
                if (await session.KeyParts.FindAsync(part) is not { } printed)
                    return Output.Refuse("it was not made for this installation, or before the database that is here now.");

                using var ring = InWords(() => VaultKeyFile.Read(Storage.KeyFileOf(ground, storage.Directory)));
                var isNewest = (await session.KeyParts.NewestAsync())!.Split == printed.Split;
                var newer = isNewest ? "" : "; newer parts were made since";
                Output.Line($"Made for this installation on {printed.MadeAt.InUtc().Date:uuuu-MM-dd}{newer}.");
                if (!printed.Keys.Contains(ring.Sealing[0].Id))
                    return Output.Refuse("it does not hold the key in use, which was replaced since: print new parts with 'alertbot keys split'.");
                Output.Line("With any other part of the same name it gives back the keys in use.");
                return CommandLine.Done;
            }, ct);
        });
        return command;
    }

    private static Command Join()
    {
        var one = new Argument<string>("part") { Description = "The file of a part, or - to type or scan it in." };
        var other = new Argument<string>("other") { Description = "That of another one." };
        var to = new Option<string?>("--to") { Description = "The key file to write; by default where the settings say." };
        var command = new Command("join", "Writes the key file from two parts. A file that is there is never overwritten.") { one, other, to };
        command.SetAction(async (parsed, ct) =>
        {
            using var ring = InWords(() => KeyParts.Join(PartOf(parsed.GetRequiredValue(one)), PartOf(parsed.GetRequiredValue(other))));
            var ground = Ground.Load();
            var path = Path.GetFullPath(parsed.GetValue(to) ?? Storage.KeyFileOf(ground, await Storage.PlaceAsync(ground, ct)));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            InWords(() =>
            {
                VaultKeyFile.Create(path, ring);
                return 0;
            });
            Output.Line($"The keys are in {path}: they seal with {ring.Sealing[0].Id:x8}. Look whether they fit: alertbot doctor");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command TakeAway()
    {
        var one = new Argument<string>("part") { Description = "The file of a part, or - to type or scan it in." };
        var other = new Argument<string>("other") { Description = "That of another one." };
        var command = new Command(
            "take-away", "Takes what opens backups off this machine, once two parts prove that they give it back. Backups go on being made.")
        {
            one, other,
        };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            using var joined = InWords(
                () => KeyParts.Join(PartOf(parsed.GetRequiredValue(one)), PartOf(parsed.GetRequiredValue(other))));
            var file = Storage.KeyFileOf(ground, storage.Directory);
            using var ring = InWords(() => VaultKeyFile.Read(file));
            if (ring.Backup is null || joined.Backup?.Id != ring.Backup.Id)
                return Output.Refuse(
                    "these parts do not hold the backup key in use: nothing was changed. Print new ones with 'alertbot keys split'.");

            await InWords(async () =>
            {
                await VaultKeyFile.ReplaceAsync(file, ring.WithoutPrivateHalf(), ct);
                return 0;
            });
            await storage.ActAsync(session => session.Audit.AddAsync(null, new AuditAct("keys.take_away"), null, $"{ring.Backup.Id:x8}"), ct);
            Output.Line("Backups made here can now be opened with two parts, and by nothing on this machine.");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    /// <summary>Reads a part from a file, or as typed up to an empty line.</summary>
    public static KeyPart PartOf(string path)
    {
        if (path == "-")
        {
            var typed = new List<string>();
            while (Console.In.ReadLine() is { Length: > 0 } line)
                typed.Add(line);
            return KeyPart.Read(string.Join('\n', typed));
        }

        return Files.TryRead(path, out var text) is { } unreadable ? throw new OperatorProblem(unreadable) : KeyPart.Read(text);
    }

    public static T InWords<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (VaultException refusal)
        {
            throw new OperatorProblem(refusal.Message);
        }
    }

    public static async Task<T> InWords<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (VaultException refusal)
        {
            throw new OperatorProblem(refusal.Message);
        }
    }
}
