"""From a bounce to a master: tone match, three-band compressor, level, limiter and dither."""

from indieartist.audio.mastering.render import (
    Master,
    make_master,
    open_shape,
    render_master,
    render_preview,
)

__all__ = ["Master", "make_master", "open_shape", "render_master", "render_preview"]
