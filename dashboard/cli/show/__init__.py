"""`safecity show`: any metric as JSON, for scripts and for checking.

Each module here adds its commands by importing `shown`; a new one is found by itself.
"""

from __future__ import annotations

import importlib
import pkgutil

from dashboard.cli.show._command import app

for _found in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_found.name)

__all__ = ["app"]
