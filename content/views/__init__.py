"""Reading a module: one idea on a screen, progress kept, answers one's own."""

from .modules import finish, learn, module, module_print
from .sections import section

__all__ = ["finish", "learn", "module", "module_print", "section"]
