"""The WSGI application that granian serves."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

if settings.SECRET_KEY == settings.BIHUAN_PLACEHOLDER_KEY:
    raise ImproperlyConfigured(
        "There is no secret key. Start once with `bihuan up`, which writes one, or set BIHUAN_SECRET_KEY(_FILE)."
    )
application = get_wsgi_application()
