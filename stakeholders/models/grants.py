"""The object grants on panels, in tables with real foreign keys. Written only by services."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from stakeholders.models.panels import Panel


class PanelUserGrant(UserObjectPermissionBase):
    organisation_path = "content_object__organisation"

    content_object = models.ForeignKey(Panel, on_delete=models.PROTECT)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class PanelGroupGrant(GroupObjectPermissionBase):
    organisation_path = "content_object__organisation"

    content_object = models.ForeignKey(Panel, on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
