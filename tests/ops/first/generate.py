r"""Makes what lies beside this file: an installation as the first version of Touchbase left it.

aa2c863 is the first commit that could take a request, keep it and erase it; the commits before it had tables
and no way to fill them, and changed the first migrations in place. Since then no migration was changed. Run
it with that commit's code, once for each engine:

    git archive aa2c863 | tar --extract --directory FOLDER; cd FOLDER
    PYTHONPATH=. DJANGO_SETTINGS_MODULE=touchbase.config.settings TOUCHBASE_DATA=… TOUCHBASE_VAULT=… \
        TOUCHBASE_ROOT_KEY=… TOUCHBASE_SECRET_KEY=… python …/tests/ops/first/generate.py …/tests/ops/first

For PostgreSQL the same with `TOUCHBASE_DATABASE` and `TOUCHBASE_VAULT_DATABASE`. All people are invented.
"""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
# What only a client says to its server, or only some servers understand.
_ASIDE = re.compile(r"^(SET |SELECT pg_catalog\.set_config|\\|--).*\n", re.MULTILINE)


def main(folder: Path) -> None:
    """Live through a day, then write down both stores, the keys, and what is to be found."""
    import django
    from django.conf import settings
    from django.db import connections

    django.setup()
    from touchbase.ops import preparing

    preparing.prepare()
    found = day()
    engine = connections["vault"].vendor
    for alias in ("default", "vault"):
        (folder / f"{alias}.{engine}.sql").write_text(_dump(settings.DATABASES[alias]))
    found["root"] = settings.ROOT_KEY_FILE.read_text().strip()
    found["keys"] = {one.name: one.read_bytes().hex() for one in settings.VAULT_DIR.glob("provider/*.key")}
    (folder / f"found.{engine}.json").write_text(json.dumps(found, indent=1) + "\n")


def day() -> dict[str, Any]:
    """Five come; one is erased before the first rotation and one after it, so both epochs hold somebody."""
    from tests.factories.people import make_person, make_supporter
    from tests.factories.programs import make_program
    from touchbase.accounts.roles import Role
    from touchbase.outreach import actions, ending, queries
    from touchbase.referrals.lifecycle import Actor
    from touchbase.vault import rotation

    here = make_program()
    make_person(here, Role.COORDINATOR, "Dana Quill")
    peer = make_supporter(here, "Robin Vale", limit=3)
    links = [_come(here, AT), *(_come(here, AT) for _ in range(2))]
    ending.withdraw(held=queries.private_view(links[0], at=AT), at=AT)
    rotation.rotate(at=AT + DAY)
    links += [_come(here, AT + DAY), _come(here, AT + DAY)]
    handles = {link: queries.private_view(link, at=AT + DAY).handle for link in links[1:]}
    backup = _capsules([handles[links[4]]])
    ending.withdraw(held=queries.private_view(links[4], at=AT + DAY), at=AT + DAY)
    for link in links[2:4]:
        held = queries.private_view(link, at=AT + DAY)
        actions.match(held=held, supporter=peer.member.supporter, by=Actor.COORDINATOR, at=AT + DAY)
    actions.accept(handle=handles[links[3]], by=peer.member, at=AT + DAY)
    return {
        "at": (AT + DAY).isoformat(),
        "open": {link: handles[link] for link in links[1:4]},
        "erased": [links[0], links[4]],
        "program": here.id,
        "backup": backup,  # what a backup of the database kept of the one who was erased last
    }


def _come(here: Any, at: datetime) -> str:
    """Somebody asks. The end of their private link."""
    from tests.canary import FINCH
    from touchbase.outreach import actions
    from touchbase.programs.policy import Channel
    from touchbase.referrals.intake import Asking

    asking = Asking(name=FINCH.name, channel=Channel.TEXT, contact=FINCH.phone, profession="physician")
    return actions.receive(here=here, asking=asking, once="", at=at).link.rstrip("/").rsplit("/", 1)[1]


def _capsules(handles: list[str]) -> list[dict[str, Any]]:
    from touchbase.referrals.models import Capsule

    rows = Capsule.objects.filter(referral_id__in=handles).values()
    sealed = {"nonce", "blob"}
    return [{k: bytes(v).hex() if k in sealed else v for k, v in dict[str, Any](row).items()} for row in rows]


def _dump(database: dict[str, Any]) -> str:
    """A store as statements."""
    if database["ENGINE"].endswith("sqlite3"):
        with closing(sqlite3.connect(database["NAME"])) as store:
            return "\n".join(store.iterdump()) + "\n"
    address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    line = ["pg_dump", "--inserts", "--no-owner", "--no-privileges", address]
    return _ASIDE.sub("", subprocess.run(line, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
