[assembly: AssemblyFixture(typeof(Contacts.Tests.ContactsService))]
