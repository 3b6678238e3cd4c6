from django import template
from django.template import Context

from lms.project.sign_on.models import SignOn

register = template.Library()


@register.simple_tag(takes_context=True)
def is_sign_on_offered(context: Context) -> bool:
    return SignOn.objects.offered_to(context["request"].user).exists()
