"""What people recorded."""
