namespace Messaging.Tests;

/// <summary>Tests that share the assembly's broker share its queues too, so they take turns.</summary>
[CollectionDefinition(nameof(SharedBroker))]
public sealed class SharedBroker;
