"""What people recorded, as files and in the network."""
