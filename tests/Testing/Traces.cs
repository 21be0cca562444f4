using Dapper;
using Npgsql;

namespace Testing;

public static class Traces
{
    /// <summary>
    /// Looks for texts in every row that a workspace has in any table, whatever the columns: names of the tables and the texts found in them. Tables without a workspace
    /// (outbox, inbox) are read where a row mentions the workspace.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindTracesAsync(this NpgsqlConnection connection, Guid workspaceId, IReadOnlyList<string> texts)
    {
        var tables = await connection.QueryAsync<(string Name, string[] Binary)>(
            """
            SELECT c.relname, array(
                SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped)
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            """
        );
        var found = new List<string>();
        foreach (var (name, binary) in tables)
        {
            // A row as PostgreSQL writes it, and what it holds as bytes as the text that it may be.
            var row = string.Join(" || ", binary.Select(column => $"coalesce(encode(t.\"{column}\", 'escape'), '')").Prepend("t::text"));
            found.AddRange(
                await connection.QueryAsync<string>(
                    $"""
                    SELECT DISTINCT '{name}: ' || wanted FROM "{name}" t, unnest(@texts) AS wanted
                    WHERE t::text LIKE '%' || @workspaceId::text || '%' AND {row} ILIKE '%' || wanted || '%'
                    """,
                    new { texts = texts.ToArray(), workspaceId }
                )
            );
        }
        return found;
    }
}
