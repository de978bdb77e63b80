"""Amazon States Language: reading a definition, checking it, and keeping it in step with the drawing."""
