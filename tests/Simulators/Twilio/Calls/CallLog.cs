using System.Collections.Concurrent;

namespace Simulators.Twilio.Calls;

/// <summary>Every call of the account, and the lines that are open now.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentDictionary<string, Call> calls = new();
    private readonly ConcurrentDictionary<string, LiveCall> lines = new();

    public void Put(Call call) => calls[call.Sid] = call;

    public Call? Find(string sid) => calls.GetValueOrDefault(sid);

    /// <summary>Newest first.</summary>
    public IEnumerable<Call> All() => calls.Values.OrderByDescending(call => call.CreatedAt).ThenBy(call => call.Sid, StringComparer.Ordinal);

    public void Open(LiveCall line) => lines[line.Call.Sid] = line;

    public void Close(LiveCall line) => lines.TryRemove(KeyValuePair.Create(line.Call.Sid, line));

    public LiveCall? Line(string sid) => lines.GetValueOrDefault(sid);
}
