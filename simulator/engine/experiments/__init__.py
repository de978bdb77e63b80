"""Many runs of one question: replications, sweeps, searches and comparisons."""
