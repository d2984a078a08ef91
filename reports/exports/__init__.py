"""Raw rows as files: asked for, made in the background, kept for a day."""
