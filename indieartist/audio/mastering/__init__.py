"""From a bounce to a master: tone match, three-band compressor, level, limiter and dither."""
