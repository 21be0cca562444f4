using System.Text.RegularExpressions;

namespace CommunicationsIngest.Consent;

/// <summary>
/// Sentences that ask us to stop, in English, Spanish and French: "please stop texting me", "take me off your list". A refusal must be asked for: it begins a part of a
/// sentence, after nothing but courtesies. What is told ("why did you stop texting me?", "she asked him to stop calling me") or limited ("don't call me before noon") is none.
/// </summary>
internal static partial class OptOutWording
{
    /// <summary>What is read of one message; who wants to be left alone says so sooner.</summary>
    private const int MaxText = 4_000;

    /// <summary>Courtesies and complaints before the request.</summary>
    private const string Before =
        "^(?:(?:hi|hello|hey|please|pls|plz|ok|okay|no|yes|yeah|sorry|thanks|thank you|can|could|would|will|you|guys|all|kindly|just|also|and|but|so|now|again|seriously|for the last time|"
        + "i said|i (?:already )?(?:told|asked) you(?: guys)? to|i need you to|i want you to|i would like you to|id like you to|id like to|i would like to|i (?:want|wish|need) to|let me|how (?:do|can) i|"
        + "not interested|im not interested|i am not interested|no thanks|no thank you|wrong number|(?:you have|this is) the wrong number|por favor|hola|gracias|ya|y|pero|puede|pueden|podria|podrian|"
        + "s'?il vous plait|sil vous plait|svp|stp|bonjour|merci|et|mais|non|pouvez vous|veuillez) )*";

    /// <summary>A request that holds for a time, a place or a matter only is about that, not about being contacted at all.</summary>
    private const string NotLimited =
        "(?! (?:(?:any ?more|again|mas|plus) )?(?:until|till|before|after|while|when|during|unless|at (?!this|all)|on (?!this|my)|in the|this (?:early|late|morning|evening|week)|so (?:early|late)|today|tonight|tomorrow|"
        + "monday|tuesday|wednesday|thursday|friday|saturday|sunday|hasta|antes|despues|manana|hoy|avant|apres|jusqu|demain|aujourdhui)\\b)";

    private const string Me = "(?:me|us|my (?:phone|number|cell)|this (?:number|phone))";
    private const string Things = "(?:texts?|txts?|messages?|msgs?|sms|stuff|notifications?|promotions?|promos?|ads?|spam|reminders?|alerts?|offers?)";
    private const string List =
        "(?:(?!wait|waiting|guest|cancellation|appointment|standby|schedule)\\w+ ){0,3}(?:lists?|database|system|records|contacts|mailings?|texts|messages)";

    private static readonly string[] NotNow = ["ill", "i'll", "i"];

    /// <returns>Null: no refusal.</returns>
    public static Coverage? Read(string text)
    {
        var folded = Words.WithoutSignature(LookAlikes.Fold(text.Length <= MaxText ? text : text[..MaxText]));
        var clauses = Words.Clauses(folded).Select(clause => string.Join(' ', Words.Of(clause))).Where(clause => clause.Length > 0).ToList();
        Coverage covers = 0;
        for (var i = 0; i < clauses.Count; i++)
        {
            covers |= ReadClause(clauses[i], i + 1 < clauses.Count ? clauses[i + 1] : null);
        }
        if (clauses.Count == 1 && Alone.IsMatch(clauses[0]))
        {
            covers |= Coverage.Messages;
        }
        return covers == 0 ? null : covers;
    }

    private static Coverage ReadClause(string clause, string? next)
    {
        Coverage covers = 0;
        if (Everything.IsMatch(clause) || Todo.IsMatch(clause) || Tout.IsMatch(clause))
        {
            covers |= Coverage.All;
        }
        if (Messages.IsMatch(clause) || Mensajes.IsMatch(clause) || Textos.IsMatch(clause))
        {
            covers |= Coverage.Messages;
        }
        if (Calls.IsMatch(clause) || Llamadas.IsMatch(clause) || Appels.IsMatch(clause) || (BareCall.IsMatch(clause) && !WillCall(next)))
        {
            covers |= Coverage.Calls;
        }
        return covers;
    }

    /// <summary>"Don't call me, I'll call you."</summary>
    private static bool WillCall(string? next) => next?.Split(' ')[0] is { } word && NotNow.Contains(word);

    [GeneratedRegex(
        "^(?:please |pls |plz |just )*(?:(?<=. )stop|stop (?:please|now|it|this|already|immediately|all of (?:it|this))|make it stop|alto|parar|baja|basta|arret|arreter|arretez|desabonner|desabonnement|desinscrire|desinscription)(?: (?:please|now|por favor|svp))?$"
    )]
    private static partial Regex Alone { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:stop|quit|cease)(?: and desist)? (?:contacting|bothering|harassing|spamming|reaching out to|soliciting) "
            + Me
            + "\\b"
            + NotLimited
            + "|(?:do not|dont|never) (?:ever )?(?:contact|bother|solicit) "
            + Me
            + "\\b"
            + NotLimited
            + "|(?:take|remove|delete|drop|get|cross|scratch) (?:me|us|my (?:name|number|phone|cell|info|phone number)|this number) (?:off|from|out of|of) (?:of )?(?:your|the|this|that|all|any|these) "
            + List
            + "\\b|(?:leave me alone|lose (?:my|this) number|delete my number|forget (?:my|this) number)$|(?:put|add) (?:me|us|my number|this number) (?:on|to) (?:your|the) (?:do not|dont) (?:contact|call and text|disturb) list"
            + "|(?:i )?(?:do not|dont|no longer) (?:want|wish) (?:you )?to (?:be contacted|hear from you|contact me)\\b"
            + NotLimited
            + ")"
    )]
    private static partial Regex Everything { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:stop|quit|cease) (?:(?:the|all|these|those|your|with the|any) )*(?:(?:text|sms|marketing|automated|promotional) )?(?:texts|txts|messages|msgs|sms|spam|texting)\\b(?! and driving)"
            + NotLimited
            + "|(?:stop|quit|cease) (?:texting|txting|messaging|sms ing|smsing)(?: "
            + Me
            + "\\b"
            + NotLimited
            + "|$)|(?:stop|quit|cease) sending (?:me |us )?(?:(?:these|those|your|any|all|more|so many|the|text|this|stupid|annoying|marketing) )*(?:"
            + Things
            + "|this|these)\\b"
            + NotLimited
            + "|(?:do not|dont|never) (?:ever )?(?:text|txt|message|msg|sms|write to) "
            + Me
            + "\\b"
            + NotLimited
            + "|(?:do not|dont|never) send (?:me |us )(?:(?:any|more|any ?more|these|those|your|text) )*(?:texts?|txts?|messages?|msgs?|sms)\\b"
            + NotLimited
            + "|no more (?:(?:text|sms|of these|of your) )?(?:texts?|txts?|messages?|msgs?|sms)(?: (?:please|thanks|thank you|from you|to me|to this number))*$"
            + "|(?:opt (?:me )?out|unsubscribe(?: me)?)(?: (?:please|now|thanks|from|of|for me)\\b(?: (?:this|these|your|the|all|everything|any|text|sms|future|further|texts?|messages?|msgs?|list|alerts?|notifications?|service|number))*)?$"
            + "|(?:i )?(?:do not|dont|no longer) (?:want|wish|need)(?: to (?:get|receive|have))?(?: (?:any|more|any ?more|these|those|your|the|text|further))* (?:texts|txts|messages|msgs|sms)\\b"
            + NotLimited
            + "|(?:i )?(?:do not|dont|no longer) (?:want|wish) to be (?:texted|messaged)\\b"
            + "|(?:i )?(?:hereby )?(?:revoke|withdraw) (?:my |all )?consent\\b)"
    )]
    private static partial Regex Messages { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:stop|quit|cease) (?:calling|phoning|ringing)(?: "
            + Me
            + "\\b"
            + NotLimited
            + "|$)|(?:do not|dont|never) (?:ever )?(?:call|phone|ring|dial) (?:"
            + Me
            + " )?(?:again|any ?more|ever|this number)\\b"
            + NotLimited
            + "|no more (?:phone )?calls(?: (?:please|thanks|from you))?$|(?:put|add) (?:me|us|my number|this number) (?:on|to) (?:your|the) (?:do not|dont|no) call list"
            + "|(?:i )?(?:do not|dont|no longer) (?:want|wish) (?:to be called|you to call me|to (?:get|receive)(?: (?:any|more|any ?more|these|your))* (?:phone )?calls)\\b"
            + NotLimited
            + ")"
    )]
    private static partial Regex Calls { get; }

    [GeneratedRegex(Before + "(?:do not|dont|never) (?:call|phone) (?:me|us)(?: please| thanks)?$")]
    private static partial Regex BareCall { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:dej[ae]n?|par[ae]n?|deja) de (?:contactarme|contactarnos|molestarme|molestar|acosarme)\\b"
            + NotLimited
            + "|no me (?:contacten?|contactes|molesten?|molestes)(?: (?:mas|nunca|otra vez))*$|(?:quiten|quite|saquen|saque|borren|borre|eliminen|elimine|remuevan|remueva|sacar|quitar|borrar|eliminar)(?:me| mi numero) de (?:su|la|tu|sus|esta) (?:lista|base de datos|listas)\\b"
            + "|(?:quiten|quite|saquen|saque|borren|borre|eliminen|elimine) mi numero$)"
    )]
    private static partial Regex Todo { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:dej[ae]n?|par[ae]n?|deja) de (?:enviar(?:me|nos)?|mandar(?:me|nos)?|escribir(?:me|nos)?|textear(?:me)?|mensajear(?:me)?)\\b"
            + NotLimited
            + "|no me (?:envien?|envies|manden?|mandes) (?:mas|estos|esos|mensajes|textos|nada)\\b"
            + NotLimited
            + "|no me (?:escriban?|escribas|texteen?)(?: (?:mas|nunca|otra vez))*$|no (?:mas|quiero(?: recibir)? (?:mas|sus|estos)) (?:mensajes|textos|sms)\\b|no quiero (?:recibir )?(?:mensajes|textos|sms)\\b"
            + "|(?:denme|deme|dame|darme|quiero darme|quisiera darme) de baja\\b|(?:quiero )?cancelar (?:mi |la )?suscripcion$|(?:quiero )?desuscribirme\\b)"
    )]
    private static partial Regex Mensajes { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:dej[ae]n?|par[ae]n?|deja) de (?:llamarme|llamarnos|llamar)\\b"
            + NotLimited
            + "|no me (?:llamen?|llames)(?: (?:mas|nunca|otra vez|de nuevo|por favor))+$|no mas llamadas$)"
    )]
    private static partial Regex Llamadas { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:arretez|arrete|cessez|arreter) de (?:me contacter|mecontacter|nous contacter|me deranger|me harceler)\\b"
            + NotLimited
            + "|ne (?:me|nous) contactez plus\\b"
            + NotLimited
            + "|(?:retirez|enlevez|supprimez|otez|effacez|rayez) (?:moi|mon numero) de (?:votre|la|vos|cette) (?:liste|listes|base)\\b|laissez moi tranquille$)"
    )]
    private static partial Regex Tout { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:arretez|arrete|cessez|arreter) (?:de (?:me texter|mecrire|menvoyer|nous envoyer|me textoter|texter)|(?:les|vos|ces) (?:textos|messages|sms))\\b"
            + NotLimited
            + "|ne (?:mecrivez|me textez|menvoyez) plus\\b"
            + NotLimited
            + "|plus de (?:textos|messages|sms)(?: (?:svp|merci))?$|(?:desabonnez|desinscrivez)(?: moi)?\\b|(?:je (?:veux|souhaite|voudrais) )?me (?:desabonner|desinscrire)\\b|je ne veux plus (?:recevoir )?(?:de |vos |ces )(?:textos|messages|sms)\\b)"
    )]
    private static partial Regex Textos { get; }

    [GeneratedRegex(
        Before
            + "(?:(?:arretez|arrete|cessez|arreter) (?:de (?:mappeler|nous appeler|appeler)|(?:les|vos) appels)\\b"
            + NotLimited
            + "|ne mappelez plus\\b"
            + NotLimited
            + ")"
    )]
    private static partial Regex Appels { get; }
}
