"""The declared policy: every URL name with the audience that may use it. What is not here is refused.

Objects behind a page (this case, this item) are narrowed further by the room's `visible_to`.
"""

from __future__ import annotations

from .audiences import DEMONSTRATION, OFFICE_ONLY, PUBLIC, REGISTRARS, STAFF, Audience

DECLARED: dict[str, Audience] = {
    # portal: the public's face
    "portal:home": PUBLIC,
    "portal:list": PUBLIC,
    "portal:list_csv": PUBLIC,
    "portal:compare": PUBLIC,
    "portal:item": PUBLIC,
    "portal:item_on": PUBLIC,
    "portal:item_version": PUBLIC,
    "portal:item_compare": PUBLIC,
    "portal:bases": PUBLIC,
    "portal:basis": PUBLIC,
    "portal:basis_article": PUBLIC,
    "portal:rules": PUBLIC,
    "portal:measure": PUBLIC,
    "portal:due": PUBLIC,
    "portal:preview": STAFF,
    # desk: the staff's face
    "desk:login": PUBLIC,
    "desk:logout": PUBLIC,
    "desk:inbox": STAFF,
    "desk:cases": STAFF,
    "desk:case": STAFF,
    "desk:why": STAFF,
    "desk:notices": STAFF,
    "desk:notices_read": STAFF,
    "desk:feeds": STAFF,
    "desk:feed_make": STAFF,
    "desk:feed_revoke": STAFF,
    "desk:calendars": OFFICE_ONLY,
    "desk:calendar": OFFICE_ONLY,
    "desk:clock": OFFICE_ONLY,
    "desk:hold": OFFICE_ONLY,
    "notices:feed": PUBLIC,  # its address is the secret
    # files: narrowed to those who may see what the file belongs to
    "files:download": STAFF,
    # lists
    "lists:bases": STAFF,
    "lists:basis": STAFF,
    "lists:lacking": STAFF,
    "lists:basis_check": OFFICE_ONLY,
    "lists:import": OFFICE_ONLY,
    "lists:import_plan": OFFICE_ONLY,
    # measures
    "adjustment:start": STAFF,
    "adjustment:apply": STAFF,
    "adjustment:act": STAFF,
    "adjustment:lapse": OFFICE_ONLY,
    "adjustment:offices": OFFICE_ONLY,
    "adjustment:drafts": STAFF,
    "adjustment:throw_away": STAFF,
    "adjustment:gather": STAFF,
    "adjustment:group": STAFF,
    "adjustment:several": STAFF,
    "adjustment:together": STAFF,
    "adjustment:book": STAFF,
    "adjustment:book_xlsx": STAFF,
    "adjustment:months": OFFICE_ONLY,
    "adjustment:month": OFFICE_ONLY,
    "adjustment:month_cases": OFFICE_ONLY,
    "adjustment:faults": STAFF,
    "adjustment:decide": OFFICE_ONLY,
    "adjustment:counts": STAFF,
    "adjustment:checks": STAFF,
    "adjustment:new_check": REGISTRARS,
    "adjustment:amend_check": REGISTRARS,
    "adjustment:false_reports": STAFF,
    "adjustment:new_false_report": REGISTRARS,
    "adjustment:laws": STAFF,
    "adjustment:law_change": STAFF,
    "adjustment:new_law_change": REGISTRARS,
    "adjustment:holds": STAFF,
    "adjustment:resume": OFFICE_ONLY,
    "adjustment:amend_false_report": REGISTRARS,
    "adjustment:filings": STAFF,
    "adjustment:own_changes": STAFF,
    "adjustment:new_own_change": STAFF,
    "adjustment:unit_rules": STAFF,
    "adjustment:new_unit_rule": STAFF,
    # demonstration
    "demo:enter": DEMONSTRATION,
    "demo:clock": DEMONSTRATION,
}


def audience_of(view_name: str) -> Audience | None:
    """The audience of a URL name, or None where none is declared (refused)."""
    return DECLARED.get(view_name)
