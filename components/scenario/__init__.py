"""The reader's settings: what can be set, what is set, and how the address stores it."""
