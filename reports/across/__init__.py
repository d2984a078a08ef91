"""Several STEKs beside each other and summed."""
