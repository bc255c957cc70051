"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingdan.config.settings.demo")
application = get_wsgi_application()

from qingdan.kernel.ledger.runner import end_with_runner  # noqa: E402 - the applications must be ready

end_with_runner()
