using Contacts.Cards;
using F23.StringSimilarity;
using ServiceDefaults.Postgres;

namespace Contacts.Captures;

/// <summary>First names that people gave on a phone. Clearly different ones in different conversations tell that several people use it.</summary>
internal static class SpokenNames
{
    /// <summary>Share of the letters that must differ. A transcript hears Jon for John; it does not hear Mary.</summary>
    private const double ClearDifference = 0.5;

    private static readonly NormalizedLevenshtein Difference = new();

    /// <returns>Those of the phones spoken from that several people use.</returns>
    public static async Task<IReadOnlySet<string>> SharedPhonesAsync(UnitOfWork work, IReadOnlyList<Capture> captures, CancellationToken cancellationToken)
    {
        var spoken = captures
            .Where(one => one is { Field: CapturedFields.Name, SpokenFrom.Kind: IdentityKinds.Phone, Evidence.ConversationId: not null })
            .Select(one => (Phone: one.SpokenFrom!.Value.Value, FirstName: FirstNameOf(one.Value), ConversationId: one.Evidence.ConversationId!.Value))
            .Where(one => one.FirstName is not null)
            .GroupBy(one => (one.Phone, one.FirstName))
            .Select(name => (name.Key.Phone, name.Key.FirstName, ConversationIds: name.Select(one => one.ConversationId).Distinct().ToList()))
            .ToList();
        if (spoken.Count == 0)
        {
            return new HashSet<string>();
        }
        await work.ExecuteAsync(
            """
            INSERT INTO spoken_names AS present (workspace_id, kind, value, first_name, conversation_id, is_in_several)
            SELECT @WorkspaceId, 'phone', phone, first_name, conversation_id, is_in_several
            FROM unnest(@phones, @firstNames, @conversationIds, @areInSeveral) AS spoken (phone, first_name, conversation_id, is_in_several)
            WHERE EXISTS (SELECT FROM contact_identities i WHERE i.kind = 'phone' AND i.value = spoken.phone)
            ORDER BY phone, first_name
            ON CONFLICT (workspace_id, kind, value, first_name) DO UPDATE
            SET is_in_several = present.is_in_several OR excluded.is_in_several OR present.conversation_id <> excluded.conversation_id
            """,
            new
            {
                work.WorkspaceId,
                phones = spoken.Select(one => one.Phone).ToArray(),
                firstNames = spoken.Select(one => one.FirstName!).ToArray(),
                conversationIds = spoken.Select(one => one.ConversationIds[0]).ToArray(),
                areInSeveral = spoken.Select(one => one.ConversationIds.Count > 1).ToArray(),
            },
            cancellationToken
        );
        var names = await work.QueryAsync<SpokenName>(
            "SELECT value AS phone, first_name, conversation_id, is_in_several FROM spoken_names WHERE kind = 'phone' AND value = ANY (@phones)",
            new { phones = spoken.Select(one => one.Phone).Distinct().ToArray() },
            cancellationToken
        );
        return names.GroupBy(one => one.Phone).Where(phone => AreSeveralPeople([.. phone])).Select(phone => phone.Key).ToHashSet();
    }

    private static bool AreSeveralPeople(IReadOnlyList<SpokenName> names) =>
        names.Any(one =>
            names.Any(other =>
                (one.IsInSeveral || other.IsInSeveral || one.ConversationId != other.ConversationId) && AreClearlyDifferent(one.FirstName, other.FirstName)
            )
        );

    public static bool AreClearlyDifferent(string one, string other) =>
        !one.StartsWith(other, StringComparison.Ordinal)
        && !other.StartsWith(one, StringComparison.Ordinal)
        && Difference.Distance(one, other) > ClearDifference;

    private static string? FirstNameOf(string name) =>
        PersonName.FromFull(name).First?.Split(' ')[0] is { } first ? CapturedFields.KeyOf(CapturedFields.FirstName, first) : null;

    private sealed class SpokenName
    {
        public string Phone { get; init; } = "";
        public string FirstName { get; init; } = "";
        public Guid ConversationId { get; init; }
        public bool IsInSeveral { get; init; }
    }
}
