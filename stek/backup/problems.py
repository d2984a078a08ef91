"""What can go wrong, in a sentence for the person at the terminal or on the status page."""

import errno

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class BackupError(Exception):
    """A backup, a restore or a move that cannot go on; the message says what to do."""


class DamagedError(BackupError):
    """The database itself is damaged; nothing that is made of it is worth keeping."""


def disk_problem(error: OSError, where: object) -> BackupError:
    """The sentence for what the disk answered."""
    if error.errno in FULL:
        return BackupError(
            f"De schijf van {where} is vol. Maak plaats vrij en probeer opnieuw; "
            "wat er stond, staat er nog."
        )
    if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
        return BackupError(f"In {where} mag niet geschreven worden: {error.strerror}.")
    return BackupError(f"{where} kan niet gebruikt worden: {error.strerror or error}.")
