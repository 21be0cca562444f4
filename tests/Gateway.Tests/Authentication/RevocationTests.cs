using System.Diagnostics;
using System.Net;
using MassTransit;
using Messages;
using Messages.Identity;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Gateway.Tests.Authentication;

/// <summary>Over a real broker.</summary>
public sealed class RevocationTests(RabbitMqFixture rabbitMq) : GatewayTests
{
    protected override string Broker => rabbitMq.Server.AmqpUri.ToString();

    [Fact]
    public async Task A_revoked_key_stops_working_in_under_a_second()
    {
        var bus = Services.GetRequiredService<IBusControl>();
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        var (key, id) = Identity.GiveOut();
        using var before = await GetAsync("/v1/contacts", key);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        Identity.Revoke(key);
        var revokedAt = Stopwatch.GetTimestamp();
        await bus.Publish(new EventBatch<CredentialRevoked>([Happened.In(Guid.CreateVersion7(), new CredentialRevoked(id))]));
        while (true)
        {
            using var response = await GetAsync("/v1/contacts", key);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                break;
            }
            Assert.InRange(Stopwatch.GetElapsedTime(revokedAt), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }
}
