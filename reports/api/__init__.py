"""The read API of figures, for who holds a token."""
