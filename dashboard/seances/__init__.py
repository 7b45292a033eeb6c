"""The meeting: séances made of scenes, their projection, the presenter's screen, the decisions taken."""
