"""What the hosts share."""
