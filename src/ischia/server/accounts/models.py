"""Accounts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What an account may do."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"


class UserManager(BaseUserManager["User"]):
    """Makes and finds accounts; a name counts the same in capitals."""

    def create_user(self, name: str, password: str | None, role: Role) -> "User":
        """Make and return an account."""
        user = self.model(name=self.model.normalize_username(name), role=role)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of that name."""
        return self.get(name__iexact=self.model.normalize_username(username or ""))


class User(AbstractBaseUser):
    """An account: a name, a password and a role."""

    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "name"

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("name"), name="one_account_a_name"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="account_role_known"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
