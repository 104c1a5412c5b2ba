"""The object grants on cycles, in tables with real foreign keys. Written only by services."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from cycles.models.cycles import Cycle


class CycleUserGrant(UserObjectPermissionBase):
    organisation_path = "content_object__organisation"

    content_object = models.ForeignKey(Cycle, on_delete=models.PROTECT)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class CycleGroupGrant(GroupObjectPermissionBase):
    organisation_path = "content_object__organisation"

    content_object = models.ForeignKey(Cycle, on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
