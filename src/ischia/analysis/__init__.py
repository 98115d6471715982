"""From a recording to typed records: the tracker, fed from a file."""
