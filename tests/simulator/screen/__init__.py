"""The page and its control."""
