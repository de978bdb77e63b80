"""Real servers for the tests: PostgreSQL, Redis, a browser and Windtunnel's own processes.

Each comes from the environment if it is named there, else from a binary on the machine, else
from a package that ships one, else from apt when running as root. What is started here gets a
free port and a temporary folder, and is stopped afterwards.
"""
