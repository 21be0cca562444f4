using System.Net;
using System.Text;

namespace Web.Tests;

/// <summary>The public API as a test wants it; notes what it was asked.</summary>
internal sealed class StubGateway : HttpMessageHandler
{
    public List<(string Line, string? Authorization, string Body)> Requests { get; } = [];

    public Func<HttpRequestMessage, Task<HttpResponseMessage>> Answer { get; set; } = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));

    public void Answers(string json, HttpStatusCode status = HttpStatusCode.OK) => Answer = _ => Task.FromResult(Json(json, status));

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, status < HttpStatusCode.BadRequest ? "application/json" : "application/problem+json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests)
        {
            Requests.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", request.Headers.Authorization?.ToString(), body));
        }
        return await Answer(request).WaitAsync(cancellationToken);
    }
}
