using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Network;

/// <summary><c>/simulator</c>: the phone network as a test or a demo moves it. See README.md.</summary>
internal static class NetworkEndpoints
{
    public static void MapNetwork(this IEndpointRouteBuilder app)
    {
        var network = app.MapGroup("/simulator");
        network.MapPost("/texts", PlaceText.Handle);
        network.MapPost("/calls", PlaceCall.Handle);
        network.MapGet("/calls/{sid}", PlaceCall.Get);
        network.MapPost("/load", RunLoad.Handle);
        network.MapGet("/sent", ListSent.Handle);
        network.MapGet("/deliveries", DeliveryLog.List);
        network.MapPost("/deliveries/{id:long}/replays", ReplayDelivery.Handle);
        network.MapGet("/behaviour", BehaviourSetting.Get);
        network.MapPut("/behaviour", BehaviourSetting.Put);
    }
}
