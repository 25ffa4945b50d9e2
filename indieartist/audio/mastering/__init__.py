"""From a bounce to a master: tone match, three-band compressor, level, limiter and dither."""

from indieartist.audio.mastering.plan import Plan, preview_section
from indieartist.audio.mastering.render import (
    Master,
    make_master,
    open_shape,
    plan_master,
    render_master,
    render_preview,
)

__all__ = [
    "Master",
    "Plan",
    "make_master",
    "open_shape",
    "plan_master",
    "preview_section",
    "render_master",
    "render_preview",
]
