"""Fetching referral keys, however many, by one query. Private to the vault."""

from collections.abc import Collection

from django.db import connections

from touchbase.vault import epochs, keys
from touchbase.vault.keys import Owner
from touchbase.vault.models import Epoch, Key
from touchbase.vault.secret import Secret

_FOUND = f"""
    SELECT k.handle, k.epoch_id, k.wrapped, e.provider_ref, e.wrapped_ek
    FROM {Key._meta.db_table} k JOIN {Epoch._meta.db_table} e ON e.n = k.epoch_id
    WHERE k.handle IN
"""  # noqa: S608  no value is in it


def keys_of(program: str, handles: Collection[str]) -> dict[str, Secret]:
    """The keys of these referrals, of one at least, by handle; one that is gone is missing.

    Whose program a row is isn't asked: under another program its key doesn't unwrap. Raises `InvalidUnwrap`.
    """
    with connections["vault"].cursor() as cursor:
        cursor.execute(f"{_FOUND} ({', '.join(['%s'] * len(handles))})", list(handles))
        return {
            handle: keys.unwrap(
                epochs.key_of(ref, bytes(epoch_key or b"")), epoch, Owner(program, handle), bytes(wrapped)
            )
            for handle, epoch, wrapped, ref, epoch_key in cursor.fetchall()
        }
