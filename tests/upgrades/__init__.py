"""What earlier releases left behind is taken over by this one."""
