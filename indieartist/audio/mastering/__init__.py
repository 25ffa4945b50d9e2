"""From a bounce to a master: tone match, three-band compressor, level, limiter and dither."""

from indieartist.audio.mastering.plan import Plan
from indieartist.audio.mastering.render import (
    Master,
    make_master,
    open_shape,
    plan_master,
    render_master,
    render_preview,
)
from indieartist.audio.mastering.section import SectionTake, preview_section

__all__ = [
    "Master",
    "Plan",
    "SectionTake",
    "make_master",
    "open_shape",
    "plan_master",
    "preview_section",
    "render_master",
    "render_preview",
]
