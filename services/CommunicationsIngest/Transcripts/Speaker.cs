namespace CommunicationsIngest.Transcripts;

/// <summary>Who speaks: the person on the other side, or whoever answers for the business, human or machine.</summary>
public enum Speaker
{
    Person,
    Agent,
}
