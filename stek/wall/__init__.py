"""The second wall: what PostgreSQL itself refuses to the pages; a literal list, and its SQL."""
