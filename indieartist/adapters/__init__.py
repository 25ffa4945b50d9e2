"""Where we send: each adapter enters by entry point, like a stranger's."""
