using EndToEnd.Tests;
using Xunit.v3;

// One system for all tests, and one test at a time: they share two cores with the system itself, and some of them kill parts of it.
[assembly: AssemblyFixture(typeof(RunningSystem))]
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
