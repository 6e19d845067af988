"""The integration in a Home Assistant of the test kit, against the simulator."""
