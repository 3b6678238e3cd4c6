"""What happens in the hub that other apps may react to.

Signals are sent by the functions in ``actions.py``, inside their transaction.
"""

from django.dispatch import Signal

# A staff member was added, or their hire date, roles, pauses or supervisors changed.
# Arguments: staff_members (list of StaffMember), at (datetime).
staff_changed = Signal()

# Something a measure counts has changed.
# Arguments: key (the measure's), people (list of Person), at (datetime).
measure_changed = Signal()

# Two records are about to become one person: let go of what both hold, or raise
# ValidationError where they cannot be one.
# Arguments: stays (Person), goes (Person), at (datetime).
person_merging = Signal()
