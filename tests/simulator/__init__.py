"""The simulated Xbox network keeps to the known facts."""
