using Simulators.Twilio.Calls;

namespace Simulators.Twilio.Demo;

/// <param name="Seconds">0: nobody answered.</param>
/// <param name="Recording">RecordingSource, when the call was recorded.</param>
internal sealed record DemoCall(int Seconds, CallStatus Outcome = CallStatus.Completed, string? Recording = null, string? CallerName = null);

/// <summary>One person getting in touch once: texts one after the other, or a call and what is said in it.</summary>
internal sealed record DemoScene(string From, params IReadOnlyList<string> Says)
{
    public DemoCall? Call { get; init; }
    public IReadOnlyList<string> Media { get; init; } = [];
}

/// <summary>A day at Harbour Dental, in order. Numbers are of the block reserved for fiction, 555-0100 to 555-0199.</summary>
internal static class DemoScript
{
    public const string BusinessNumber = "+16045550100";

    private const string Account = "StartCallRecordingAPI";
    private const string Voicemail = "RecordVerb";

    public static IReadOnlyList<DemoScene> Day { get; } =
    [
        new("+16045550142", "Hi, this is Maria Lopez, I chipped a tooth last night. Can someone see me today?"),
        new("+16045550142", "Here's a photo, it's the front one. Doesn't hurt much, just looks awful") { Media = ["image/jpeg"] },
        new("+17785550117", "Good morning, my name is Daniel Okafor and I'd like to book a cleaning.", "Mornings are best, any day but Thursday.")
        {
            Call = new DemoCall(146, Recording: Account, CallerName: "D OKAFOR"),
        },
        new("+16045550163", "Hello! It's Priya Raman. Need to move my 3pm tomorrow to next week if possible"),
        new("+12065550128", "Do you take Sun Life insurance? - Greg Halvorsen"),
        new("+16045550175") { Call = new DemoCall(0, CallStatus.NoAnswer) },
        new("+16045550175", "Hi it's Sarah Whitfield, I just tried calling. Can you call me back about Oliver's retainer?"),
        new("+17785550139", "This is Tom Becker from Coast Medical Supply. The glove order ships Friday, invoice to follow.")
        {
            Call = new DemoCall(38, Recording: Voicemail, CallerName: "COAST MEDICAL"),
        },
        new("+16045550142", "Can do 11:40, thank you so much! You can email the forms to maria.lopez@example.com"),
        new("+266696687", "Just checking what a crown costs. I'd rather not leave my name.") { Call = new DemoCall(52) },
        new("+12365550104", "Bonjour, je m'appelle Camille Tremblay. Est-ce que vous acceptez de nouveaux patients?"),
        new("+16045550188", "Referral letter from Dr. Singh attached. Thanks, Kevin Nakamura") { Media = ["application/pdf"] },
        new("+16045550151", "hey is my night guard ready for pickup? Jess Moreau"),
        new("+16045550163", "Tuesday 2:15 works perfectly, thanks! 🙏"),
        new(
            "+14165550196",
            "Hello, this is Aisha Rahman calling from Toronto, my mother Fatima is your patient.",
            "She wants to know whether to stop her blood thinners before Wednesday."
        )
        {
            Call = new DemoCall(214, Recording: Account, CallerName: "A RAHMAN"),
        },
        new("+16045550109") { Call = new DemoCall(0, CallStatus.Canceled) },
        new("+17785550171", "Who is this? Please take me off your list", "STOP"),
        new("+16045550124", "Left my umbrella in the waiting room, black with a wooden handle. It's Ben, Ben Sørensen") { Media = ["image/png"] },
        new("+12505550133", "Hi there, Walter Kim here, I'm running about ten minutes late for my two thirty.")
        {
            Call = new DemoCall(24, CallerName: "W KIM"),
        },
        new("+16045550151", "Great, I'll swing by after 4"),
    ];
}
