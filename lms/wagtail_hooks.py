"""What the hub plugs into Wagtail, and into itself."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import actions, policy, vault
from .conf import conf
from .dashboard import Panel
from .demo import load_demo_people
from .emails import send_private_email_link, tell_of_deletion
from .imports import STAFF, apply_from_outbox, forget_from_outbox
from .models import DataKey
from .nav import NavItem
from .outbox import Handler
from .panels import (
    LeavingPanel,
    LeftPanel,
    NamesPanel,
    NobodySignsPanel,
    PrivateEmailPanel,
    ResetsPanel,
    WithoutSupervisorPanel,
)
from .privacy import own as privacy
from .registry import BackupPart, DataSet, ImportKind, Memory
from .viewsets import (
    AgencyViewSet,
    HelplineViewSet,
    LocalNameViewSet,
    RoleViewSet,
)


@hooks.register("register_admin_menu_item")
def register_admin_menu_item() -> MenuItem:
    """One "Alongside" entry, shared: apps join it through the hook named here."""
    menu = Menu(register_hook_name="register_lms_admin_menu_item")
    return SubmenuMenuItem(_("Alongside"), menu, icon_name="group", order=250)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [
        AgencyViewSet("alongside_agencies"),
        RoleViewSet("lms_roles"),
        LocalNameViewSet("alongside_names"),
        HelplineViewSet("alongside_helplines"),
    ]


@hooks.register("register_lms_nav_item")
def register_home() -> NavItem:
    return NavItem(_("Today"), "lms:home", icon="path", order=0)


@hooks.register("register_lms_nav_item")
def register_staff() -> NavItem:
    return NavItem(
        _("Staff"),
        "lms:staff_list",
        icon="people",
        order=400,
        is_shown=lambda request: policy.holds(request.user, "director"),
    )


@hooks.register("register_lms_nav_item")
def register_security_trail() -> NavItem:
    return NavItem(
        _("Security trail"),
        "lms:security_trail",
        icon="lock",
        order=800,
        is_shown=lambda request: policy.holds(request.user, "administrator"),
    )


@hooks.register("register_lms_nav_item")
def register_one_person() -> NavItem:
    return NavItem(
        _("One person, two records"),
        "lms:people_same",
        icon="people",
        order=950,
        is_shown=lambda request: policy.holds(request.user, "tta"),
    )


@hooks.register("construct_lms_home")
def add_home_panels(request: HttpRequest, panels: list[Panel]) -> None:
    panels += [
        LeftPanel(request),
        LeavingPanel(request),
        NobodySignsPanel(request),
        ResetsPanel(request),
        NamesPanel(request),
        WithoutSupervisorPanel(request),
        PrivateEmailPanel(request),
    ]


@hooks.register("register_lms_demo_data")
def register_demo_data() -> DataSet:
    return DataSet("People", load_demo_people, order=10)


@hooks.register("register_lms_starter_data")
def register_starter_data() -> DataSet:
    return DataSet("State pack", actions.load_state_pack, order=10)


@hooks.register("register_lms_pack_sections")
def register_pack_sections() -> list[actions.PackSection]:
    return actions.HUB_SECTIONS


@hooks.register("register_lms_privacy")
def register_privacy() -> list:
    return privacy.DECLARED


@hooks.register("register_lms_import_kinds")
def register_import_kinds() -> list[ImportKind]:
    return [STAFF]


@hooks.register("register_lms_outbox_handlers")
def register_outbox_handlers() -> list[Handler]:
    return [
        Handler(actions.DELETE, actions.delete_from_outbox),
        Handler(actions.TELL, tell_of_deletion),
        Handler(actions.LEFT, actions.leave_from_outbox),
        Handler(actions.CONFIRM_PRIVATE_EMAIL, send_private_email_link),
        Handler("lms.import_apply", apply_from_outbox),
        Handler("lms.import_forget", forget_from_outbox),
    ]


@hooks.register("register_lms_backup_parts")
def register_backup_parts() -> list[BackupPart]:
    return [
        BackupPart.of_storage("evidence", conf.private_storage),
        BackupPart.of_storage("tombstones", conf.tombstones),
        BackupPart(
            "vault",
            lambda: [conf.vault_ring] if conf.vault_ring else [],
            tables=(DataKey._meta.db_table,),
            is_key=True,
        ),
    ]


@hooks.register("register_lms_after_restore")
def register_deletions() -> Memory:
    return Memory("deletions", actions.recall_deletions, actions.remember_deletions)


@hooks.register("register_lms_after_restore")
def register_shredded_keys() -> Memory:
    return Memory("shredded keys", vault.recall_shredded, vault.keep_shredded)
