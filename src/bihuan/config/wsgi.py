"""The WSGI application that granian serves.

What is loaded at start stays for ever, and a full collection of garbage would walk all of it, 120 ms at a time, in the
middle of somebody's page: it is set apart, and what a page makes is collected in larger lots.
"""

import gc
import os
from importlib import import_module
from typing import Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

if settings.SECRET_KEY == settings.BIHUAN_PLACEHOLDER_KEY:
    raise ImproperlyConfigured(
        "There is no secret key. Start once with `bihuan up`, which writes one, or set BIHUAN_SECRET_KEY(_FILE)."
    )
LOT: Final = 20_000  # objects made before young garbage is collected; a page of a hundred clauses makes about as many

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every view, now instead of at the first request
gc.collect()
gc.freeze()
gc.set_threshold(LOT, 10, 10)
