"""What this app plugs into the hub, all in one place."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.actions import PackSection
from lms.dashboard import Panel
from lms.models import StaffMember
from lms.nav import NavItem
from lms.outbox import Handler
from lms.registry import DataSet

from . import privacy
from .actions import (
    ISSUE,
    PACK_SECTION,
    REMIND,
    RUN,
    issue_from_outbox,
    remind_from_outbox,
    run_from_outbox,
)
from .demo import load_demo_certificates
from .panels import (
    CertificatesPanel,
    DoubtsPanel,
    PersonCertificatesPanel,
    TeamRenewalsPanel,
)
from .views.desk import is_looked_after_by
from .viewsets import AwardViewSet, DesignViewSet


@hooks.register("register_lms_urls")
def register_urls() -> list[URLResolver]:
    return [path("", include("certificates.urls"))]


@hooks.register("register_lms_nav_item")
def register_nav_item() -> NavItem:
    return NavItem(
        _("Certificates"),
        "lms_certificates:certificate_list",
        icon="certificate",
        order=250,
    )


@hooks.register("register_lms_nav_item")
def register_desk() -> NavItem:
    return NavItem(
        _("Looking after certificates"),
        "lms_certificates:desk",
        icon="certificate",
        order=470,
        is_shown=is_looked_after_by,
    )


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels.append(CertificatesPanel(request))
    panels.append(DoubtsPanel(request))
    panels.append(TeamRenewalsPanel(request))


@hooks.register("construct_lms_person_page")
def add_person_panels(
    request: HttpRequest, staff_member: StaffMember, panels: list[Panel]
) -> None:
    panels.append(PersonCertificatesPanel(request, staff_member))


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [
        Handler(ISSUE, issue_from_outbox),
        Handler(RUN, run_from_outbox),
        Handler(REMIND, remind_from_outbox),
    ]


@hooks.register("register_lms_pack_sections")
def register_pack_sections() -> list[PackSection]:
    return [PACK_SECTION]


@hooks.register("register_lms_demo_data")
def register_demo_data() -> DataSet:
    return DataSet("Certificates", load_demo_certificates, order=40)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [AwardViewSet("alongside_awards"), DesignViewSet("alongside_designs")]


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED
