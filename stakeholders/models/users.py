from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from vbc.core.models import PublicId


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
            )
        ]

    def __str__(self) -> str:
        return self.display_name
