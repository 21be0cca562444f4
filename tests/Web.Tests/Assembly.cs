using Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
