"""What an agency's sign-in holds: nothing about people."""

from lms.privacy import Program, Text

from .models import SignOn

DECLARED = [Program(Text.INTERNAL, (SignOn,))]
