"""Where Home Assistant looks for what is not its own."""
