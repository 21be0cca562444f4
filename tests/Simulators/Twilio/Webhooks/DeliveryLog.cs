using Microsoft.AspNetCore.Http.HttpResults;

namespace Simulators.Twilio.Webhooks;

/// <summary>A page of deliveries, oldest first.</summary>
/// <param name="Cursor">Give it back to read on from here; unchanged when there is nothing new.</param>
public sealed record DeliveryPage(IReadOnlyList<Delivery> Deliveries, long Cursor);

/// <summary>The last 50,000 attempts. <c>GET /simulator/deliveries?cursor=&amp;limit=</c>, limit 1 to 1,000.</summary>
internal sealed class DeliveryLog
{
    private const int Capacity = 50_000;
    private readonly Lock gate = new();
    private readonly Queue<Delivery> deliveries = new();
    private long last;

    public Delivery Add(Func<long, Delivery> delivery)
    {
        lock (gate)
        {
            var added = delivery(++last);
            deliveries.Enqueue(added);
            if (deliveries.Count > Capacity)
                deliveries.Dequeue();
            return added;
        }
    }

    public Delivery? Find(long id)
    {
        lock (gate)
            return deliveries.FirstOrDefault(delivery => delivery.Id == id);
    }

    public static Ok<DeliveryPage> List(DeliveryLog log, long cursor = 0, int limit = 200)
    {
        lock (log.gate)
        {
            Delivery[] page = [.. log.deliveries.SkipWhile(delivery => delivery.Id <= cursor).Take(Math.Clamp(limit, 1, 1000))];
            return TypedResults.Ok(new DeliveryPage(page, page.Length > 0 ? page[^1].Id : cursor));
        }
    }
}
