using ServiceDefaults;

namespace Contacts.MassChanges;

/// <summary>Wakes the job that tells of mass changes when one has been committed.</summary>
internal sealed class MassChangeSignal : WakeUp;
