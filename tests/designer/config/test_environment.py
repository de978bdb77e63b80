"""Settings from the environment: right values are taken, wrong ones stop the program."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from designer.config import data_folder, environment

PROJECT = Path(__file__).resolve().parents[3]


def test_a_flag_is_a_yes_or_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.flag("WT_TEST", default=True) is True
    for word, meaning in {"1": True, "Yes": True, "off": False, "0": False, "": False}.items():
        monkeypatch.setenv("WT_TEST", word)
        assert environment.flag("WT_TEST", default=True) is meaning
    monkeypatch.setenv("WT_TEST", "maybe")
    with pytest.raises(ImproperlyConfigured, match="WT_TEST is 'maybe'"):
        environment.flag("WT_TEST", default=True)


@pytest.mark.parametrize("word", ["-1", "1.5", "three", "11", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_a_number_outside_its_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("WT_TEST", word)
    with pytest.raises(ImproperlyConfigured, match="from 0 to 10"):
        environment.whole("WT_TEST", 3, least=0, most=10)


def test_an_address_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WT_TEST", "http://localhost")
    with pytest.raises(ImproperlyConfigured, match="redis://"):
        environment.address("WT_TEST", "redis", "rediss")


def test_the_secret_key_is_made_once_for_the_owners_eyes_alone(tmp_path: Path) -> None:
    folder = data_folder.prepare(tmp_path / "data")
    key = data_folder.secret_key(folder)
    assert len(key) >= 50
    assert data_folder.secret_key(folder) == key
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret-key"]


def test_a_spoilt_secret_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("short")
    with pytest.raises(ImproperlyConfigured, match="delete it"):
        data_folder.secret_key(tmp_path)


SHOW = """
import json
from designer.config import settings as s
layer, database = s.CHANNEL_LAYERS["default"], s.DATABASES["default"]
print(json.dumps([s.EMBEDDED, s.CELERY_BROKER_URL, layer["BACKEND"], database["ENGINE"],
    s.SESSION_COOKIE_SECURE, s.CSRF_TRUSTED_ORIGINS, s.ALLOWED_HOSTS, str(s.DATA)]))
"""


def settings_with(tmp_path: Path, **variables: str) -> list[object]:
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("WINDTUNNEL_", "DATABASE_", "REDIS_"))
    }
    given = {**clean, "WINDTUNNEL_DATA": str(tmp_path), **variables}
    shown = subprocess.run([sys.executable, "-c", SHOW], cwd=PROJECT, env=given, capture_output=True, check=True)
    values: list[object] = json.loads(shown.stdout)
    return values


def test_without_variables_everything_is_in_one_process(tmp_path: Path) -> None:
    embedded, broker, layer, engine, secure, origins, hosts, data = settings_with(tmp_path)
    assert embedded is True
    assert (broker, layer) == ("memory://localhost/", "channels.layers.InMemoryChannelLayer")
    assert engine == "django.db.backends.sqlite3"
    assert (secure, origins, hosts) == (False, [], ["127.0.0.1", "localhost", "[::1]"])
    assert data == str(tmp_path)


def test_with_the_two_addresses_the_same_code_is_grown_up(tmp_path: Path) -> None:
    embedded, broker, layer, engine, secure, origins, hosts, _ = settings_with(
        tmp_path,
        DATABASE_URL="postgresql://u:p@db/windtunnel",
        REDIS_URL="redis://redis:6379/0",
        WINDTUNNEL_ALLOWED_HOSTS="tunnel.example, .internal.example",
        WINDTUNNEL_BEHIND_TLS="1",
    )
    assert embedded is False
    assert (broker, layer) == ("redis://redis:6379/0", "channels_redis.pubsub.RedisPubSubChannelLayer")
    assert engine == "django.db.backends.postgresql"
    assert secure is True
    assert isinstance(hosts, list)
    assert hosts[-2:] == ["tunnel.example", ".internal.example"]
    assert origins == ["https://tunnel.example", "https://*.internal.example"]
