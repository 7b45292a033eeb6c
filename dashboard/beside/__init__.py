"""What is read beside the map: each part is written in JSON once, as the browser puts it in the page."""
