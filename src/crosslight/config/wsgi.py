"""What gunicorn serves."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from crosslight.config.environment import use_settings

use_settings()
application = get_wsgi_application()
