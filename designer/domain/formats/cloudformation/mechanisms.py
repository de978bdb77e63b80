"""How each mechanism of a template travels: the mode and flow of the edge that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from designer.domain.connections.spec import Flow, Mode

_HANDED_OVER: Final = (Mode.ASYNCHRONOUS, Flow.ASYNC)
_CALLED: Final = (Mode.SYNCHRONOUS, Flow.SYNC)
_FAILED: Final = (Mode.FAILURE, Flow.ASYNC)

MECHANISMS: Final[Mapping[str, tuple[Mode, Flow]]] = MappingProxyType(
    {
        "proxy": _CALLED,
        "custom": _CALLED,
        "streaming": _CALLED,
        "custom_event": _HANDED_OVER,
        "resolver": _CALLED,
        "query": (Mode.INTEGRATION, Flow.SYNC),
        "data_api": (Mode.INTEGRATION, Flow.SYNC),
        "authorizer": (Mode.AUTHORIZER, Flow.SYNC),
        "send_message": (Mode.INTEGRATION, Flow.ASYNC),
        "receive_message": (Mode.INTEGRATION, Flow.SYNC),
        "publish": (Mode.INTEGRATION, Flow.ASYNC),
        "put_events": (Mode.INTEGRATION, Flow.ASYNC),
        "action": (Mode.INTEGRATION, Flow.SYNC),
        "object_proxy": (Mode.INTEGRATION, Flow.SYNC),
        "http_proxy": (Mode.INTEGRATION, Flow.SYNC),
        "vpc_link": (Mode.INTEGRATION, Flow.SYNC),
        "start_sync": (Mode.INTEGRATION, Flow.SYNC),
        "start_execution": (Mode.INTEGRATION, Flow.ASYNC),
        "integration_send": (Mode.INTEGRATION, Flow.ASYNC),
        "event_notification": _HANDED_OVER,
        "events": _HANDED_OVER,
        "event_source_mapping": (Mode.EVENT_SOURCE_MAPPING, Flow.POLL),
        "enhanced_fan_out": (Mode.EVENT_SOURCE_MAPPING, Flow.POLL),
        "redrive": _FAILED,
        "subscription_dlq": _FAILED,
        "target_dlq": _FAILED,
        "dlq": _FAILED,
        "on_failure": _FAILED,
        "dead_letter": _FAILED,
        "stream_on_failure": _FAILED,
        "on_success": (Mode.DELIVERY, Flow.ASYNC),
        "replication": (Mode.DELIVERY, Flow.ASYNC),
        "subscription": (Mode.SUBSCRIPTION, Flow.ASYNC),
        "rule": (Mode.RULE_TARGET, Flow.ASYNC),
        "target": (Mode.RULE_TARGET, Flow.ASYNC),
        "trigger": (Mode.TRIGGER, Flow.SYNC),
        "pre_sign_up": (Mode.TRIGGER, Flow.SYNC),
        "post_confirmation": (Mode.TRIGGER, Flow.SYNC),
        "pre_authentication": (Mode.TRIGGER, Flow.SYNC),
        "post_authentication": (Mode.TRIGGER, Flow.SYNC),
        "pre_token_generation": (Mode.TRIGGER, Flow.SYNC),
        "custom_message": (Mode.TRIGGER, Flow.SYNC),
        "user_migration": (Mode.TRIGGER, Flow.SYNC),
        "define_auth_challenge": (Mode.TRIGGER, Flow.SYNC),
        "create_auth_challenge": (Mode.TRIGGER, Flow.SYNC),
        "verify_auth_challenge": (Mode.TRIGGER, Flow.SYNC),
        "inbound_federation": (Mode.TRIGGER, Flow.SYNC),
        "custom_sms_sender": (Mode.TRIGGER, Flow.ASYNC),
        "custom_email_sender": (Mode.TRIGGER, Flow.ASYNC),
        "rotation": (Mode.TRIGGER, Flow.SYNC),
        "provider": (Mode.AUTHORIZER, Flow.SYNC),
        "federation": (Mode.AUTHORIZER, Flow.SYNC),
        "protect": (Mode.AUTHORIZER, Flow.SYNC),
        "web_acl": (Mode.AUTHORIZER, Flow.SYNC),
        "origin": (Mode.INTEGRATION, Flow.SYNC),
        "function_url": _CALLED,
        "encryption": (Mode.INTEGRATION, Flow.SYNC),
        "environment_key": (Mode.INTEGRATION, Flow.SYNC),
        "pipe_source": (Mode.PIPE, Flow.POLL),
        "pipe_call": (Mode.PIPE, Flow.SYNC),
        "enrichment": (Mode.PIPE, Flow.SYNC),
        "pipe_send": (Mode.PIPE, Flow.ASYNC),
        "delivery": (Mode.DELIVERY, Flow.ASYNC),
        "source": (Mode.DELIVERY, Flow.POLL),
        "backup": (Mode.DELIVERY, Flow.ASYNC),
        "transform": _CALLED,
        "call": _CALLED,
        "send": _HANDED_OVER,
        "job": (Mode.SYNCHRONOUS, Flow.JOB),
        "callback": (Mode.SYNCHRONOUS, Flow.CALLBACK),
    }
)
"""By mechanism; the mechanism is also the last part of the connection's id where the table has a row."""
