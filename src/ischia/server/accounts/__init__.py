"""Who may come in: people with a name, a password and a role; and the one person of a computer used alone."""
