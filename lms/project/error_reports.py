from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class WithoutWords(SafeExceptionReporterFilter):
    """An error report says where something broke, never what anybody had written.

    The decorators for sensitive views come too late for what breaks before a view.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> list[tuple[str, Any]]:
        found = super().get_traceback_frame_variables(request, tb_frame)
        if not self.is_active(request):
            return list(found)
        return [(name, self.cleansed_substitute) for name, _value in found]
