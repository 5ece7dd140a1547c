"""What is answered, and what is asked: ``CreateSessionParams`` are the arguments of ``sessions.create``."""

from sandgate._core.unknown import UnknownBlock, UnknownEvent
from sandgate._generated import models, params
from sandgate._generated.models import *
from sandgate._generated.params import *

__all__ = [*models.__all__, *params.__all__, "UnknownBlock", "UnknownEvent"]
