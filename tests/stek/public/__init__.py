"""What anybody may see: the page of a STEK, and its calendar."""
