"""Fetching referral keys, however many, by one query. Private to the vault."""

from collections.abc import Collection

from touchbase.vault import epochs, keys
from touchbase.vault.keys import Owner
from touchbase.vault.models import Key
from touchbase.vault.secret import Secret

_COLUMNS = ("handle", "epoch_id", "wrapped", "epoch__provider_ref", "epoch__wrapped_ek")


def keys_of(program: str, handles: Collection[str]) -> dict[str, Secret]:
    """The keys of these referrals by handle; one that is gone is missing.

    Whose program a row is isn't asked: under another program its key doesn't unwrap. Raises `InvalidUnwrap`.
    """
    rows = Key.objects.filter(handle__in=list(handles)).values_list(*_COLUMNS)
    return {
        handle: keys.unwrap(
            epochs.key_of(ref, bytes(epoch_key or b"")), epoch, Owner(program, handle), bytes(wrapped)
        )
        for handle, epoch, wrapped, ref, epoch_key in rows
    }
