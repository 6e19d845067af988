"""The Xbox network client, on the simulated Xbox network."""
