"""The shared laptop: a trusted device, a PIN per person, the lock screen, and what it keeps."""
