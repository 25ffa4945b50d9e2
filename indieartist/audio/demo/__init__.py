"""A small song of our own, composed and rendered by code, for people who have no bounce at hand."""

from indieartist.audio.demo.song import DemoSong, render_demo_song

__all__ = ["DemoSong", "render_demo_song"]
