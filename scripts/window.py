"""Opens the window: what the packaged app's icon starts."""

from indieartist.app import window

window()
