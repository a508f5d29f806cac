"""Who may not be offered, said once more and in another way, to compare the matcher with."""

from datetime import timedelta

from tests.matching.pools import TODAY

DAY = timedelta(days=1)


def may_not(wanted, one, rules):
    """Whether anything keeps this supporter from being asked: product.md section 5, read aloud."""
    return _cannot_now(one) or _stands_too_near(wanted, one) or _against_the_wish(wanted, one, rules)


def _cannot_now(one):
    days_away = {first + n * DAY for first, last in one.away for n in range((last - first).days + 1)}
    return (
        not (one.active and one.trained)
        or (one.refresher_by or TODAY) < TODAY
        or (one.resting_until or TODAY - DAY) >= TODAY
        or TODAY in days_away
        or not one.open_now < one.limit
    )


def _stands_too_near(wanted, one):
    return (
        (wanted.contact != "" and wanted.contact in one.contacts)
        or (wanted.department != "" and wanted.department in one.leads)
        or (one.called != "" and one.called in wanted.not_with.lower().replace("dr. ", "").split(", "))
        or one.key in wanted.barred
    )


def _against_the_wish(wanted, one, rules):
    if wanted.only_peer and wanted.peer not in {"", one.key}:
        return True
    chosen = wanted.peer == one.key
    if _department_is_closed(wanted, one, rules, chosen):
        return True
    if chosen:
        return False
    other_site = "other-site" in wanted.wants and one.site == wanted.site
    own_site = wanted.wants & {"own-site", "other-site"} == {"own-site"} and one.site != wanted.site
    role = "same-profession" in wanted.wants and one.profession != wanted.profession
    known_sites = wanted.site != "" and one.site != ""
    return (known_sites and (other_site or own_site)) or (wanted.profession != "" and role)


def _department_is_closed(wanted, one, rules, chosen):
    if wanted.department == "" or wanted.department != one.department:
        return False
    if rules.own_department == "never":
        return True
    if chosen:
        return False
    if "other-department" in wanted.wants:
        return True
    return rules.own_department == "ask" and "own-department" not in wanted.wants
