"""What certificates hold about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import ERASE, Attached, Fields, Holding, Program, Retention, Text, keep

from .models import (
    Award,
    AwardRun,
    Certificate,
    CertificateFile,
    Design,
    DesignRevision,
    Doubt,
    Refusal,
)

CHECKABLE = keep(
    _("Whoever holds one can still check that it is real. It is yours for good.")
)


def _file(stored: CertificateFile) -> Attached:
    return Attached(f"certificate-{stored.certificate.number}.pdf", stored.open)


DECLARED = [
    Holding(
        Certificate,
        _("My certificates"),
        CHECKABLE,
        (
            Fields(
                "number code name title issuer design sha256 discloses", Text.PUBLIC
            ),
            Fields("cycle took revoked_because reissued_because", Text.CONFIDENTIAL),
        ),
    ),
    Holding(
        CertificateFile,
        _("My certificates as files"),
        CHECKABLE,
        (
            Fields(
                "content", Text.PUBLIC, left_out=_("It is in this download as a file.")
            ),
        ),
        whose="certificate__person",
        file=_file,
    ),
    Holding(
        Refusal,
        _("Certificates that could not be set"),
        ERASE,
        (Fields("cycle sentence took", Text.CONFIDENTIAL),),
    ),
    Holding(
        Doubt,
        _("What came into doubt about my certificates"),
        ERASE,
        (Fields("topic settled_because", Text.CONFIDENTIAL),),
        acting="settled_by",
    ),
    Program(Text.PUBLIC, (Award, Design, DesignRevision)),
    Program(Text.CONFIDENTIAL, (AwardRun,)),
    Retention(
        "certificates",
        _("Certificates"),
        _("for good"),
        _("they belong to the person, and others rely on checking them"),
    ),
]
