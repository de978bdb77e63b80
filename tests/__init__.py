"""The tests. Only this folder and ``services`` are packages; test modules are found by path."""
