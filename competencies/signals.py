"""What happens in the engine that rooms upstairs may react to.

Sent by the functions in ``actions``, inside their transaction. A receiver that would
leave the database (mail, HTTP, a PDF) writes an outbox row instead.
"""

from django.dispatch import Signal

# Every required item of a phase is complete or waived, and at least one complete.
# Arguments: completion (PhaseCompletion), at (datetime).
phase_completed = Signal()

# The last phase of a plan was completed.
# Arguments: staff_plan (StaffPlan), on (date), at (datetime).
plan_completed = Signal()

# A person finished a training, with or without a signature.
# Arguments: record (TrainingRecord), at (datetime).
training_completed = Signal()

# Lines of those plans may have become complete.
# Arguments: people (list of primary keys), at (datetime).
lines_completed = Signal()

# Signatures were taken back, or became void because what was signed changed.
# Arguments: completions (list of Completion), at (datetime).
signatures_gone = Signal()
