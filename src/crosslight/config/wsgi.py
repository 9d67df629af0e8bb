"""What gunicorn serves."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from crosslight.config.environment import use_settings
from crosslight.core.names import lexicon
from crosslight.foundation.process import settle

use_settings()
application = get_wsgi_application()
# Read now, so that no save waits for it.
lexicon()
settle()
