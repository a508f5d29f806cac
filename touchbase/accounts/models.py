"""Staff accounts, what they are in which program, and their sessions."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from touchbase.accounts.roles import APART, Role
from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program


class AccountState(models.TextChoices):
    """Whether the account may sign in."""

    ACTIVE = "active"
    LEFT = "left"


class Accounts(BaseUserManager["Account"]):
    """Accounts by their address."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of an address, however it is written."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who works in a program. No password, no last sign-in, no joining time (ruling C5)."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=AccountState, default=AccountState.ACTIVE)
    away_until = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, default="en")  # of their pages and messages

    last_login = None
    password = None  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_email_lowercase", condition=models.Q(email=Lower("email"))),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person may sign in."""
        return self.state == AccountState.ACTIVE

    def has_usable_password(self) -> bool:
        """Never: Django takes the missing password for one that is kept elsewhere, and would ask for it."""
        return False


class Membership(models.Model):
    """What an account is in a program. A person may be a supporter beside another role."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "program", "role"], name="membership_once"),
            models.UniqueConstraint(
                fields=["account", "program"],
                condition=models.Q(role__in=[role.value for role in APART]),
                name="membership_counts_apart_from_people",
            ),
        ]


class Invitation(models.Model):
    """A one-time link that makes its holder a member. Only the link's hash is kept.

    `signs_in`: made by an operator at the machine itself, who vouches for the address, so that opening it
    signs in as well (the first coordinator, a locked-out one, an installation without a mail server). Any
    other link only makes a member; who holds it then shows by a code that the address is theirs.
    """

    token_hash = models.CharField(primary_key=True, max_length=64)
    key = models.CharField(
        max_length=26, unique=True, default=new_id, editable=False
    )  # for pages and the mail
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    email = models.EmailField()
    until = models.DateField()
    signs_in = models.BooleanField(default=False)
    invited_by = models.CharField(max_length=26)  # an account, or "operator"
    undelivered = models.BooleanField(default=False)  # our mail couldn't be sent there


class StaffSession(models.Model):
    """A browser's session. Kept by the hash of its cookie, eight hours at most, never backed up.

    No address of the machine, no name of the browser. `account` is empty until somebody has signed in.
    """

    key_hash = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    data = models.TextField()
    until = models.DateTimeField(db_index=True)
