"""Everything about training that is listed in the admin, in one menu group."""

from django.utils.translation import gettext_lazy as _

from suite.registers.register import RegisterGroup

from .certificates import CertificateRegister
from .courses import CourseRegister, SeriesRegister, SessionRegister
from .shadowing import ShadowingRegister
from .skills import PersonSkillRegister, SkillRegister
from .videos import VideoRegister
from .writings import WritingRegister


class TrainingGroup(RegisterGroup):
    menu_label = _("Training")
    menu_name = "training"
    menu_icon = "openquote"
    menu_order = 264
    registers = (
        SessionRegister,
        CourseRegister,
        SeriesRegister,
        CertificateRegister,
        PersonSkillRegister,
        SkillRegister,
        ShadowingRegister,
        VideoRegister,
        WritingRegister,
    )
