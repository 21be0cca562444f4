using System.Security.Cryptography;

namespace Contacts.AppHost.Local.Servers;

internal static class Secret
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>The given one, else the one kept in <paramref name="file"/>, else a new one, which is then kept there.</summary>
    internal static string Keep(string? given, string file, ServerAccount account)
    {
        if (given is not null)
            return given;
        if (File.Exists(file))
            return File.ReadAllText(file);

        var made = RandomNumberGenerator.GetString(Alphabet, 24);
        account.WriteFile(file, made);
        return made;
    }
}
