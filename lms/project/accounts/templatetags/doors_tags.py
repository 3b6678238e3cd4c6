from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that matches: every browser also claims to be an older one.
BROWSERS = {
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def _first(names: dict[str, str], text: str) -> str:
    return next((name for mark, name in names.items() if mark in text), "")


@register.filter
def device(user_agent: str) -> str:
    """A browser's long signature, as people call what is in their hand."""
    browser, place = _first(BROWSERS, user_agent), _first(DEVICES, user_agent)
    if browser and place:
        return _("%(browser)s on %(device)s") % {"browser": browser, "device": place}
    return browser or place or _("A browser we do not know")
