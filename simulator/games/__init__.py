"""What a console can run."""
