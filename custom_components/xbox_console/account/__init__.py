"""The bridge to a config entry: tokens, options, ownership, memory, polling, errors."""
