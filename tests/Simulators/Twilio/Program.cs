using Simulators.Twilio;

var builder = WebApplication.CreateBuilder(args);
builder.AddTwilio();

var app = builder.Build();
app.MapTwilio();
app.Run();
