"""One lowering per service: parameters of a node to stations of the kernel."""
