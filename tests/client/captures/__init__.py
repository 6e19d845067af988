"""The client brings captures home."""
