namespace Benchmarks;

/// <param name="Rate">Per second.</param>
/// <param name="Limit">The rate it is held against; null for the limit itself.</param>
internal sealed record Measurement(string What, double Rate, double? Limit = null);
