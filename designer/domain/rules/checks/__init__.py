"""The rules, one function each; the registry finds every module of this package."""
