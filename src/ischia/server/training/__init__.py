"""What was planned and what was done: plans, sessions and their events, which are only ever added."""
