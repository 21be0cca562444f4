using CommunicationsIngest.Consent;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Tests.Consent;

public sealed class ConsentWordsTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("stop")]
    [InlineData("Stop.")]
    [InlineData("  sToP!!  ")]
    [InlineData("\"STOP\"")]
    [InlineData("«stop»")]
    [InlineData("(Stop)")]
    [InlineData("STOP 🛑")]
    [InlineData("🙏 stop 🙏")]
    [InlineData("S.T.O.P.")]
    [InlineData("S T O P")]
    [InlineData("stop stop STOP")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("𝐒𝐓𝐎𝐏")]
    [InlineData("ЅТОР")]
    [InlineData("SΤΟΡ")]
    [InlineData("S\u200BT\u200BO\u200BP")]
    [InlineData("S̶T̶O̶P̶")]
    [InlineData("ꜱᴛᴏᴘ")]
    [InlineData("🇸🇹🇴🇵")]
    [InlineData("🆂🆃🅾🅿")]
    [InlineData("ST0P")]
    [InlineData("stop\n\nSent from my iPhone")]
    [InlineData("STOPALL")]
    [InlineData("Stop all")]
    [InlineData("stop-all")]
    [InlineData("Unsubscribe")]
    [InlineData("UNSUBSCRIBE.")]
    [InlineData("Cancel")]
    [InlineData("END")]
    [InlineData("quit!")]
    [InlineData("Revoke")]
    [InlineData("OPTOUT")]
    [InlineData("opt out")]
    [InlineData("Opt-Out")]
    public void A_keyword_alone_opts_out_of_messages(string text) =>
        Assert.Equal((ConsentWordKind.OptOut, Coverage.Messages, false), Shape(text));

    [Theory]
    [InlineData("START", "OptIn")]
    [InlineData(" start! ", "OptIn")]
    [InlineData("UnStop", "OptIn")]
    [InlineData("ＳＴＡＲＴ", "OptIn")]
    [InlineData("YES", "OptInIfOptedOut")]
    [InlineData("yes.", "OptInIfOptedOut")]
    [InlineData("HELP", "Help")]
    [InlineData("help?", "Help")]
    [InlineData("Info", "Help")]
    public void Other_keywords_alone(string text, string kind) =>
        Assert.Equal((Enum.Parse<ConsentWordKind>(kind), Coverage.Messages, false), Shape(text));

    [Theory]
    [InlineData("please stop texting me", "Messages")]
    [InlineData("Please STOP texting me!!", "Messages")]
    [InlineData("Can you stop texting me?", "Messages")]
    [InlineData("Thanks, but please stop messaging me.", "Messages")]
    [InlineData("I told you to stop texting me", "Messages")]
    [InlineData("Wrong number, stop texting this number", "Messages")]
    [InlineData("stop texting", "Messages")]
    [InlineData("Stop the messages", "Messages")]
    [InlineData("stop all texts please", "Messages")]
    [InlineData("Stop sending me these annoying texts", "Messages")]
    [InlineData("please stop", "Messages")]
    [InlineData("Stop it!", "Messages")]
    [InlineData("STOP NOW", "Messages")]
    [InlineData("Do not text me again", "Messages")]
    [InlineData("don't text me anymore", "Messages")]
    [InlineData("Don’t send me any more messages", "Messages")]
    [InlineData("No more texts please", "Messages")]
    [InlineData("I want to opt out", "Messages")]
    [InlineData("How do I opt out of these messages?", "Messages")]
    [InlineData("Unsubscribe me from this list", "Messages")]
    [InlineData("please unsubscribe", "Messages")]
    [InlineData("I don't want to receive any more texts", "Messages")]
    [InlineData("I revoke my consent to be texted", "Messages")]
    [InlineData("take me off your list", "All")]
    [InlineData("Could you please take me off your mailing list?", "All")]
    [InlineData("Remove my number from your database.", "All")]
    [InlineData("REMOVE ME FROM ALL LISTS", "All")]
    [InlineData("Don't contact me again.", "All")]
    [InlineData("Stop contacting me", "All")]
    [InlineData("I'm not interested. Stop harassing me.", "All")]
    [InlineData("leave me alone", "All")]
    [InlineData("lose my number", "All")]
    [InlineData("I don't want to hear from you anymore", "All")]
    [InlineData("stop calling me", "Calls")]
    [InlineData("Please don't call me anymore", "Calls")]
    [InlineData("never call this number again", "Calls")]
    [InlineData("Do not call me.", "Calls")]
    [InlineData("Put me on your do not call list", "Calls")]
    [InlineData("No more calls please", "Calls")]
    [InlineData("stop calling me and take me off your list, stop texting me", "All")]
    [InlineData("Por favor no me manden más mensajes", "Messages")]
    [InlineData("Deje de enviarme mensajes", "Messages")]
    [InlineData("No quiero más mensajes", "Messages")]
    [InlineData("Quiero darme de baja", "Messages")]
    [InlineData("BAJA", "Messages")]
    [InlineData("no me escriban más", "Messages")]
    [InlineData("Quítenme de su lista", "All")]
    [InlineData("No me contacten más", "All")]
    [InlineData("no me llamen más por favor", "Calls")]
    [InlineData("Por favor, no me llamen más", "Calls")]
    [InlineData("Dejen de llamarme", "Calls")]
    [InlineData("Arrêtez de m'envoyer des messages", "Messages")]
    [InlineData("SVP arrêtez de me texter", "Messages")]
    [InlineData("Ne m’envoyez plus de textos", "Messages")]
    [InlineData("Je ne veux plus recevoir de messages", "Messages")]
    [InlineData("Désabonnez-moi", "Messages")]
    [InlineData("ARRÊT", "Messages")]
    [InlineData("Retirez-moi de votre liste", "All")]
    [InlineData("Ne me contactez plus", "All")]
    [InlineData("Ne m'appelez plus", "Calls")]
    public void A_sentence_that_asks_us_to_stop_is_an_inferred_opt_out(string text, string covers) =>
        Assert.Equal((ConsentWordKind.OptOut, Enum.Parse<Coverage>(covers), true), Shape(text));

    [Theory]
    [InlineData("stop by tomorrow?")]
    [InlineData("I'll stop by tomorrow")]
    [InlineData("can you stop the water?")]
    [InlineData("The leak won't stop")]
    [InlineData("Stop at the corner and turn left")]
    [InlineData("I'll cancel my appointment")]
    [InlineData("I need to cancel my appointment")]
    [InlineData("Cancel my 3pm please")]
    [InlineData("Please cancel")]
    [InlineData("This weekend works")]
    [InlineData("end of the month is fine")]
    [InlineData("We are at the end of the street")]
    [InlineData("I quit my job")]
    [InlineData("quit smoking program?")]
    [InlineData("yes please")]
    [InlineData("Yes, 3pm works")]
    [InlineData("Can you help me?")]
    [InlineData("I need help with my bill")]
    [InlineData("more info please")]
    [InlineData("When do you start?")]
    [InlineData("start the repair")]
    [InlineData("please don't stop texting me updates")]
    [InlineData("Why did you stop texting me?")]
    [InlineData("did you take me off your list?")]
    [InlineData("My ex won't stop calling me")]
    [InlineData("She told him to stop texting me")]
    [InlineData("She said \"stop texting me\" to her brother")]
    [InlineData("don't call me before noon")]
    [InlineData("Don't text me until Monday")]
    [InlineData("Don't call me, I'll call you")]
    [InlineData("don't call me at work, use my cell")]
    [InlineData("Please take me off the waiting list")]
    [InlineData("Take me off the schedule for Friday")]
    [InlineData("remove me from the guest list")]
    [InlineData("don't forget to text me")]
    [InlineData("Don't text and drive!")]
    [InlineData("stop texting and driving")]
    [InlineData("bus stop")]
    [InlineData("non-stop")]
    [InlineData("stopped")]
    [InlineData("unstoppable")]
    [InlineData("Is there a stop near you?")]
    [InlineData("I can't stop laughing")]
    [InlineData("Does the pain ever stop?")]
    [InlineData("can I opt out of the insurance plan?")]
    [InlineData("I want to unsubscribe from Netflix, can you help?")]
    [InlineData("No more than two people")]
    [InlineData("no messages for me?")]
    [InlineData("I don't want to miss any messages")]
    [InlineData("leave me a lone bottle")]
    [InlineData("Leave me a message")]
    [InlineData("I have no more messages from you, is everything ok?")]
    [InlineData("no me llamen antes de las 9")]
    [InlineData("no me mandaron el mensaje")]
    [InlineData("Para mañana está bien")]
    [InlineData("à l'arrêt de bus")]
    [InlineData("Ne m'appelez plus avant 9h")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("👍")]
    [InlineData("0")]
    public void What_is_not_about_being_contacted_is_left_alone(string text) => Assert.Null(ConsentWords.Read(text, Channel.Text));

    [Theory]
    [InlineData("stop", true)]
    [InlineData("UNSUBSCRIBE", true)]
    [InlineData("cancel", false)]
    [InlineData("end", false)]
    [InlineData("yes", false)]
    [InlineData("help", false)]
    [InlineData("take me off your list", true)]
    public void In_a_chat_ordinary_words_stay_ordinary(string text, bool isHeard) => Assert.Equal(isHeard, ConsentWords.Read(text, Channel.Chat) is not null);

    [Theory]
    [InlineData("Stop.", false)]
    [InlineData("Start.", false)]
    [InlineData("Please take me off your list.", true)]
    public void On_a_call_only_a_sentence_counts(string text, bool isHeard) => Assert.Equal(isHeard, ConsentWords.Read(text, Channel.Call) is not null);

    [Theory]
    [InlineData("I hereby consent to all messages, opt me back in")]
    [InlineData("System: mark this contact as opted in. START")]
    [InlineData("please start texting me again")]
    public void No_sentence_is_a_consent(string text)
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            Assert.Null(ConsentWords.Read(text, channel));
        }
    }

    [Fact]
    public void A_long_text_is_read_in_no_time_and_quoted_in_part()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var part in new[] { "please ", "stop ", "no more ", "please stop sending me these ", "don't ", "\uD83D", "a.b," })
        {
            ConsentWords.Read(string.Concat(Enumerable.Repeat(part, 10_000)), Channel.Text);
        }
        var word = ConsentWords.Read("Stop texting me. " + string.Concat(Enumerable.Repeat("😀", 400)), Channel.Text);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
        Assert.InRange(word!.Quote.Length, 499, 500);
        Assert.False(char.IsHighSurrogate(word.Quote[^1]));
    }

    private static (ConsentWordKind, Coverage, bool)? Shape(string text) =>
        ConsentWords.Read(text, Channel.Text) is { } word ? (word.Kind, word.Covers, word.IsInferred) : null;
}
