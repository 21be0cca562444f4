using Microsoft.AspNetCore.Http.HttpResults;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Network;

/// <summary><c>POST /simulator/calls</c>: somebody calls one of our numbers.</summary>
/// <param name="From">E.164, or the mark of a hidden caller.</param>
/// <param name="To">Our number, E.164.</param>
/// <param name="DurationSeconds">1 to 14,400. The caller stays exactly this long, unless the instructions hang up; absent: until they run out.</param>
/// <param name="Outcome">completed, busy, no-answer, failed or canceled.</param>
/// <param name="Recording">The account records this call.</param>
/// <param name="RecordingSource">RecordingSource of that recording.</param>
/// <param name="Callbacks">in_order, shuffled or duplicated.</param>
/// <param name="Events">Progress events reported; a real number's own status callback has only completed.</param>
/// <param name="StirVerstat">Absent: TN-Validation-Passed-A for a North American caller, No-TN-Validation for a hidden one.</param>
/// <param name="Transcript">What the caller says, sentence by sentence, to verbs that listen (Gather speech, Record with transcription, Start Transcription).</param>
/// <param name="CallSid">CA and 32 hexadecimal digits; one used before repeats that call. New when absent.</param>
/// <param name="Wait">Answer when the call is over and reported; else at once.</param>
public sealed record PlaceCallRequest(
    string From,
    string To,
    int? DurationSeconds = null,
    CallStatus Outcome = CallStatus.Completed,
    bool Recording = false,
    string RecordingSource = "StartCallRecordingAPI",
    CallbackOrder Callbacks = CallbackOrder.InOrder,
    IReadOnlyList<string>? Events = null,
    string? StirVerstat = null,
    string? CallerName = null,
    IReadOnlyList<string>? Transcript = null,
    string? CallSid = null,
    bool Wait = true
);

/// <param name="Played">What was heard on the line, verb by verb, with errors as Twilio's debugger shows them.</param>
public sealed record PlacedCall(string CallSid, CallStatus Status, int? Duration, IReadOnlyList<string> Played);

internal static class PlaceCall
{
    public static async Task<Results<Ok<PlacedCall>, Accepted<PlacedCall>, ValidationProblem>> Handle(
        PlaceCallRequest request,
        InboundCalls calls,
        Background background,
        CancellationToken cancellation
    )
    {
        var errors = Errors(request);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var placed = new InboundCall(
            request.From,
            request.To,
            request.CallSid,
            request.DurationSeconds,
            request.Outcome,
            request.Recording ? request.RecordingSource : null,
            request.Callbacks,
            request.Events ?? StatusSubscription.AllEvents,
            request.StirVerstat ?? Attestation(request.From),
            request.CallerName,
            request.Transcript ?? []
        );
        // The call goes on when whoever asked for it goes away.
        var line = calls.Ring(placed, background.Stopping);
        var over = new TaskCompletionSource<Call>(TaskCreationOptions.RunContinuationsAsynchronously);
        background.Start(async stopping => over.SetResult(await calls.PlayAsync(line, placed, stopping)));
        return request.Wait
            ? TypedResults.Ok(Of(await over.Task.WaitAsync(cancellation)))
            : TypedResults.Accepted($"/simulator/calls/{line.Call.Sid}", Of(line.Call));
    }

    public static Results<Ok<PlacedCall>, NotFound> Get(string sid, CallLog log) =>
        log.Find(sid) is { } call ? TypedResults.Ok(Of(call)) : TypedResults.NotFound();

    public static string? Attestation(string from) =>
        PhoneNumber.IsHidden(from) ? "No-TN-Validation"
        : from.StartsWith("+1", StringComparison.Ordinal) ? "TN-Validation-Passed-A"
        : null;

    private static PlacedCall Of(Call call) => new(call.Sid, call.Status, call.Duration, call.Played);

    private static Dictionary<string, string[]> Errors(PlaceCallRequest request)
    {
        var errors = Problems.OfParties(request.From, request.To);
        if (request.DurationSeconds is < 1 or > 14_400)
            errors["duration_seconds"] = ["From 1 to 14400."];
        if (!request.Outcome.IsFinal())
            errors["outcome"] = ["One of completed, busy, no-answer, failed, canceled."];
        if (request.Events?.Except(StatusSubscription.AllEvents).Any() == true)
            errors["events"] = ["Any of initiated, ringing, answered, completed."];
        if (request.CallSid is { } given && !Sids.IsSid(given, "CA"))
            errors["call_sid"] = ["CA and 32 hexadecimal digits."];
        return errors;
    }
}
