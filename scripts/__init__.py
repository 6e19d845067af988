"""What a developer runs; each script does all the set-up that it needs."""
