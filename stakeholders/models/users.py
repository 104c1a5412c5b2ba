from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from vbc.core.models import PublicId

# A domain that cannot exist: an address there stands for a sign-in name, and nothing is sent to it.
NO_EMAIL = "no-email.invalid"


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, *, display_name: str, **fields: Any
    ) -> "User":
        user = self.model(
            email=self.normalize_email(email).lower(), display_name=display_name, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        fields.setdefault("display_name", email.split("@", maxsplit=1)[0])
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(PublicId, AbstractBaseUser, PermissionsMixin):
    """A person. They sign in by e-mail and choose the name that others see.

    Whoever has no e-mail of their own signs in by a name that was made for them; it stands in
    `email`, at a domain that cannot exist, so that signing in knows one way only.

    Nothing here says what they speak from: that belongs to a seat, and is health information.
    """

    organisation_path = None  # A person may serve in several organisations.

    email = models.EmailField("e-mail address", unique=True)
    display_name = models.CharField(
        "the name others see", max_length=80, help_text="Any name you like. You can change it."
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # The person closed the account themselves, and may come back by a new invitation.
    closed_at = models.DateTimeField(null=True, blank=True)
    # Name and address are gone for good.
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_an_email",
                violation_error_message="There is already an account with this e-mail address.",
            ),
            models.CheckConstraint(
                name="closed_account_is_not_in_use",
                condition=Q(closed_at__isnull=True) | Q(is_active=False),
            ),
            models.CheckConstraint(
                name="erased_account_is_closed",
                condition=Q(erased_at__isnull=True) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def has_email(self) -> bool:
        """Whether there is an address to write to."""
        return not self.email.endswith(f"@{NO_EMAIL}")

    @property
    def signs_in_as(self) -> str:
        """What the person types to sign in: their address, or the name that was made for them."""
        return self.email.removesuffix(f"@{NO_EMAIL}")
