"""The section of a state pack that certificates read."""

from lms.rules import Fields, Key, Section, Text, Whole, YesNo

AWARDS = Section(
    "awards",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True, most=120),
            "phase": Text(is_needed=True, refers_to="phases"),
            "issuer": Text(most=120),
            "valid_months": Whole(most=600),
            "active": YesNo(default=True),
        }
    ),
)
