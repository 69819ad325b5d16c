"""Set-up that all tests share."""

import os

os.environ.setdefault("BIHUAN_TESTING", "1")
