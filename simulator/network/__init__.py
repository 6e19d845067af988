"""What stands between a request and its answer: faults and rate limits."""
