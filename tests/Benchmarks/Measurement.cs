namespace Benchmarks;

/// <param name="Rate">Per second.</param>
/// <param name="Limit">The rate it is held against; null for the limit itself.</param>
internal sealed record Measurement(string What, double Rate, double? Limit = null);

internal static class Medians
{
    /// <summary>Of an odd number of rates.</summary>
    public static double Median(this IEnumerable<double> rates) => Middle([.. rates.Order()]);

    private static double Middle(double[] sorted) => sorted[sorted.Length / 2];
}
