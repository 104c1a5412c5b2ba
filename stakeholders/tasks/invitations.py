"""Sending invitations."""

from stakeholders.models import Invitation
from stakeholders.services import invitations
from vbc.core.services import jobs


@jobs.task(invitations.SEND)
def send_invitation(running: jobs.Running) -> None:
    invitations.send(
        Invitation.objects.select_related("panel__organisation", "invited_by").get(
            public_id=running.object_id
        )
    )
