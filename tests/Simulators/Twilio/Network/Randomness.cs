namespace Simulators.Twilio.Network;

/// <summary>Every random choice of the simulator. With a seed (configuration <c>Simulator:Seed</c>) a run repeats itself, SIDs included.</summary>
internal sealed class Randomness(int? seed)
{
    private readonly Lock gate = new();
    private readonly Random random = seed is { } given ? new Random(given) : new Random();

    public string Sid(string kind) => kind + Convert.ToHexStringLower(Bytes(16));

    public string IdempotencyToken() => new Guid(Bytes(16)).ToString();

    /// <summary>A fraction from 0 to 1.</summary>
    public double Fraction()
    {
        lock (gate)
            return random.NextDouble();
    }

    /// <summary>Another order than the given one, wherever there is one.</summary>
    public T[] Disorder<T>(IReadOnlyCollection<T> items)
    {
        var shuffled = items.ToArray();
        if (shuffled.Length < 2)
            return shuffled;
        do
        {
            lock (gate)
                random.Shuffle(shuffled);
        } while (shuffled.SequenceEqual(items));
        return shuffled;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        lock (gate)
            random.NextBytes(bytes);
        return bytes;
    }
}
