"""Never losing anything: sealed backups, restoring, moving to another database, and the alarm."""
