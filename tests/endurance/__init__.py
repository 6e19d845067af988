"""What takes long: run by scripts/test --endurance, and a little of it each time."""
