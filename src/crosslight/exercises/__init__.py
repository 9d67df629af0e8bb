"""Practice: an invented world, made and played through the same services as the doors use."""
