"""The engine against theory and measurements: what the tests assert and the model page prints."""
