"""What the reader sets: one record, described once, carried by the address."""
