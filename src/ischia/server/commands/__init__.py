"""The server's commands. They are looked up by name; each imports Django only when it runs."""
