"""The tasks of the core: the sweep that loses nothing, and the post."""

from celery import shared_task

from vbc.core.enums import NoticeStatus
from vbc.core.models import Notification
from vbc.core.services import jobs, notices, sendings


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="core.forget_sendings")
def forget_sendings() -> None:
    sendings.forget()


@jobs.task(notices.DELIVER)
def deliver_notice(running: jobs.Running) -> None:
    notice = Notification.objects.select_related("recipient").get(public_id=running.object_id)
    if notice.status == NoticeStatus.WAITING:
        notices.deliver(notice)
