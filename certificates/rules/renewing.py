"""When somebody is told that a certificate runs out."""

import datetime

STEPS = (90, 60, 30, 7)  # days before


def step_due(
    expires_on: datetime.date, on: datetime.date, told: int | None
) -> int | None:
    """The step to tell of that day; None where it is too early, told already, or over.

    A step that was missed, because the site stood still, is not made up for: the
    nearest one is told once.
    """
    left = (expires_on - on).days
    reached = [step for step in STEPS if left <= step]
    if left < 0 or not reached:
        return None
    nearest = min(reached)
    return nearest if told is None or nearest < told else None
