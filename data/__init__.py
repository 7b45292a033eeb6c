"""From files to true figures: no web, no drawing."""
