"""The push channel of the simulated network."""
