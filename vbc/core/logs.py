"""What logs leave out."""

import logging


class WithoutAddresses(logging.Filter):
    """Takes the path of a request out of Django's own lines: it may hold an invitation's code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(("django.request", "django.security")) and record.args:
            arguments = record.args if isinstance(record.args, tuple) else ()
            record.args = tuple(
                "(address)" if isinstance(value, str) and value.startswith("/") else value
                for value in arguments
            )
        return True
