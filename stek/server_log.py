"""How gunicorn writes its logs: as ever, except for addresses that are a key."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from stek.private_paths import PrivatePaths


class ServerLog(Logger):
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                usual = handler.formatter
                handler.setFormatter(PrivatePaths(usual._fmt, usual.datefmt))
