"""Market data: asked for in the background, remembered on disk, and the bundled snapshot when there is none."""
