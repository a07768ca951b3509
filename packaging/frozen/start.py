"""What the two executables run; it lies alone in its folder because PyInstaller searches that folder for modules."""

import os
import sys

# The loader needed the bundle's own path; programs that we start (a PDF viewer, a file manager) must not inherit it.
_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is not None:
    os.environ["LD_LIBRARY_PATH"] = _before
elif getattr(sys, "frozen", False):
    os.environ.pop("LD_LIBRARY_PATH", None)

from prodlead_desktop.__main__ import main  # noqa: E402  (nothing of ours before the environment is right)

sys.exit(main())
