"""The plan builder: pages of the Wagtail admin for the training team alone."""

from django.urls import path

from .building import (
    phase_add,
    phase_change,
    phase_remove,
    phase_step,
    topic_add,
    topic_change,
    topic_place,
    topic_remove,
    topic_step,
)
from .checklist import entry_add, entry_change, entry_remove, entry_step
from .moving import move, move_again, move_undo, moves
from .pages import NAMESPACE
from .retaking import retake_add, retake_call_off, retakes
from .versions import copy, discard, index, preview, publish, version

urlpatterns = [
    path("", index, name="index"),
    path("<int:pk>/", version, name="version"),
    path("<int:pk>/copy/", copy, name="copy"),
    path("<int:pk>/discard/", discard, name="discard"),
    path("<int:pk>/publish/", publish, name="publish"),
    path("<int:pk>/preview/", preview, name="preview"),
    path("<int:pk>/moves/", moves, name="moves"),
    path("<int:pk>/topics/add/", topic_add, name="topic_add"),
    path("<int:pk>/phases/add/", phase_add, name="phase_add"),
    path("<int:pk>/checklist/add/", entry_add, name="entry_add"),
    path("topics/<int:pk>/", topic_change, name="topic_change"),
    path("topics/<int:pk>/remove/", topic_remove, name="topic_remove"),
    path("topics/<int:pk>/step/", topic_step, name="topic_step"),
    path("topics/<int:pk>/place/", topic_place, name="topic_place"),
    path("phases/<int:pk>/", phase_change, name="phase_change"),
    path("phases/<int:pk>/remove/", phase_remove, name="phase_remove"),
    path("phases/<int:pk>/step/", phase_step, name="phase_step"),
    path("checklist/<int:pk>/", entry_change, name="entry_change"),
    path("checklist/<int:pk>/remove/", entry_remove, name="entry_remove"),
    path("checklist/<int:pk>/step/", entry_step, name="entry_step"),
    path("again/", retakes, name="retakes"),
    path("again/add/", retake_add, name="retake_add"),
    path("again/<int:pk>/call-off/", retake_call_off, name="retake_call_off"),
    path("moves/<int:pk>/", move, name="move"),
    path("moves/<int:pk>/undo/", move_undo, name="move_undo"),
    path("moves/<int:pk>/again/", move_again, name="move_again"),
]

__all__ = ["NAMESPACE", "urlpatterns"]
