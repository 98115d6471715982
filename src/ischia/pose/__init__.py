"""From pictures to body landmarks."""
