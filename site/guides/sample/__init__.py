"""Service guides of the sample township, written for this product."""

from .care import CARE
from .civil import CIVIL
from .disputes import DISPUTES
from .forms import BLANK_FORMS
from .land import LAND
from .relief import RELIEF
from .shapes import BlankForm, Guide, Material
from .subsidies import SUBSIDIES
from .terms import LIFE_EVENTS, PLAIN_WORDS
from .work import WORK

GUIDES = (*RELIEF, *CARE, *WORK, *LAND, *SUBSIDIES, *CIVIL, *DISPUTES)

__all__ = ["BLANK_FORMS", "GUIDES", "LIFE_EVENTS", "PLAIN_WORDS", "BlankForm", "Guide", "Material"]
