using Testing;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]
