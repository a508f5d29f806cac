"""How the vault's doors fail: by kind alone. No cause and no context go out in which bytes could hide."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.db import DatabaseError, InterfaceError
from django.db.transaction import TransactionManagementError
from django.views.decorators.debug import sensitive_variables

from touchbase.kernel.errors import DomainError
from touchbase.vault.errors import Refused, Unavailable
from touchbase.vault.providers.protocol import KeyGone

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger("touchbase.vault")


def door(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function of the vault be called from outside.

    Whatever cryptography says becomes one `Refused`; whatever a store or provider says becomes `Unavailable`.
    Django's error reports show no local variable of anything called from here.
    """

    @wraps(function)
    def plainly(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except TransactionManagementError:
            raise  # the caller's own mistake
        except DomainError as known:
            refusal = known
        except (InvalidTag, InvalidUnwrap):
            refusal = Refused()
        except (DatabaseError, InterfaceError, OSError, KeyGone) as failure:
            logger.error("vault.unavailable %s", type(failure).__name__)
            refusal = Unavailable()
        refusal.__context__ = refusal.__cause__ = None
        raise refusal.with_traceback(None)  # without the frames it came through

    return sensitive_variables()(plainly)
