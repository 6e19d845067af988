"""What people recorded: seen, played, brought home, and freed from the network."""
