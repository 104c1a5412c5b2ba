"""The site. Loading the Celery application here lets `celery -A vbc` and web processes share it."""

from vbc.celery import app as celery_app

__all__ = ["celery_app"]
