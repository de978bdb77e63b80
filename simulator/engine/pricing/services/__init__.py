"""One file per service: what of its usage is billed, at which rate."""
