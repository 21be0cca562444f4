using System.Reflection;

namespace Architecture.Tests;

/// <summary>The parts of the house.</summary>
internal static class House
{
    public static readonly string[] Services =
    [
        "AgentTools",
        "CommunicationsIngest",
        "Contacts",
        "CrmSync",
        "Gateway",
        "Identity",
        "ImportExport",
        "SearchIndexer",
        "Web",
    ];

    /// <summary>Libraries that services may share; everything else between them goes over HTTP or RabbitMQ.</summary>
    public static readonly string[] Shared = ["Identifiers", "Messages", "Messaging", "ServiceDefaults"];

    public static Assembly Load(string name) => Assembly.Load(new AssemblyName(name));
}
