"""The contacts of an agency: shared by everybody there, each looked after by one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.models import Person, StaffMember
from supervision_logs.forms import ContactForm
from supervision_logs.models import Contact


def _own_staff(request: HttpRequest) -> StaffMember:
    """Where the reader works today, or 404 for whoever works at no agency."""
    own = StaffMember.objects.employed().filter(person=Person.of(request.user))
    staff_member = own.select_related("agency").order_by("pk").first()
    if Person.of(request.user) is None or staff_member is None:
        raise Http404
    return staff_member


@login_required
def contacts(request: HttpRequest) -> HttpResponse:
    own = _own_staff(request)
    rows = Contact.objects.visible_to(request.user).select_related("owner", "agency")
    kept = set(Contact.objects.kept_by(request.user).values_list("pk", flat=True))
    context = {
        "rows": [(row, row.pk in kept) for row in rows],
        "agency": own.agency,
    }
    return render(request, "lms_supervision_logs/contacts.html", context)


@login_required
def contact_add(request: HttpRequest) -> HttpResponse:
    """Who adds a contact looks after it, until somebody else does."""
    own = _own_staff(request)
    contact = Contact(
        agency=own.agency,
        owner=Person.of(request.user),
        checked_on=timezone.localdate(),
    )
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Added. Everybody at your agency finds it."))
        return redirect("lms_supervision_logs:contacts")
    return render(request, "lms_supervision_logs/contact_change.html", {"form": form})


@login_required
def contact_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever saves has checked it today, and looks after it from now on."""
    contact = get_object_or_404(Contact.objects.kept_by(request.user), pk=pk)
    if request.method == "POST" and "delete" in request.POST:
        contact.delete()
        messages.success(request, _("Taken off the list. Visits keep their words."))
        return redirect("lms_supervision_logs:contacts")
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        contact.owner = Person.of(request.user)
        contact.checked_on = timezone.localdate()
        form.save()
        messages.success(request, _("Saved, and checked today."))
        return redirect("lms_supervision_logs:contacts")
    context = {"form": form, "contact": contact}
    return render(request, "lms_supervision_logs/contact_change.html", context)
