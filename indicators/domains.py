"""The domains of the catalogue with their names, in the order of the work."""

from django.utils.translation import gettext_lazy as _

DOMAINS = {
    "coverage": _("Two-new organizations and coverage"),
    "member": _("Party members"),
    "pair": _("Pairing"),
    "education": _("Education of members and distance learning"),
    "cadre": _("Cadres and terms"),
    "cert": _("Licensed party-affairs workers"),
    "base": _("Sites and demonstration points"),
    "station": _("Guidance stations"),
    "evaluation": _("Points and grading of organizations"),
    "points": _("Points system of villages"),
    "issues": _("Problems of people and enterprises"),
    "community": _("Community work"),
    "service": _("New employment groups and service"),
    "first_secretary": _("First secretaries"),
    "talent": _("Talents"),
    "veteran": _("Retired cadres"),
    "economy": _("Village collective economy"),
    "promise": _("Promises of members"),
    "list": _("Lists of tasks"),
    "idea": _("Golden ideas"),
    "honour": _("Honours"),
    "activity": _("Activities"),
    "livelihood": _("Livelihood"),
    "environment": _("Rural environment"),
    "skills": _("Skills training"),
    "governance": _("Rivers and lakes"),
}

NO_DOMAIN = "other"  # of indicators without a stated domain

# Not party work: taken into the catalogue, but switched off until a form asks for one of them.
NOT_PARTY_WORK = frozenset(("livelihood", "environment", "skills", "governance"))


def domain_name(domain: str) -> str:
    """The name in the reader's language; a domain of the county's own is shown as it is written."""
    return str(DOMAINS.get(domain, domain))
