"""How people drive the atlas: commands, page, callbacks, exports."""
