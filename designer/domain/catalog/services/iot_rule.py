"""AWS IoT rule: an SQL statement over MQTT topics, with up to ten actions and one error action."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, Section, Service

_GUIDE = "iot/latest/developerguide/"
_SQL = aws_docs("AWS IoT SQL reference", _GUIDE + "iot-sql-reference.html")

SERVICE = Service(
    id="iot_rule",
    name="AWS IoT rule",
    label="IoT rule",
    category=Category.INTEGRATION,
    summary="Takes messages that devices publish on matching MQTT topics and passes them to up to ten actions.",
    icon="resource/AWSIoTRule",
    source=aws_docs("Rules for AWS IoT", _GUIDE + "iot-rules.html"),
    parameters=(
        Parameter(
            id="sql",
            label="Statement",
            kind=Kind.TEXT,
            default=None,
            help="Which topics it listens to and what it passes on, e.g. SELECT temperature FROM 'plant/+/sensors' "
            "WHERE temperature > 60. + stands for one level of the topic, # for all that follow.",
            source=_SQL,
            cfn_property="TopicRulePayload.Sql",
            headline=True,
        ),
        Parameter(
            id="sql_version",
            label="SQL version",
            kind=Kind.CHOICE,
            default="2015-10-08",
            choices=(
                Choice("2015-10-08", "2015-10-08"),
                Choice("2016-03-23", "2016-03-23"),
                Choice("beta", "Newest beta"),
            ),
            help="How the statement is read. 2016-03-23 knows nested objects in SELECT and arrays.",
            source=aws_docs("SQL versions of AWS IoT rules", _GUIDE + "iot-rule-sql-version.html"),
            cfn_property="TopicRulePayload.AwsIotSqlVersion",
        ),
        Parameter(
            id="enabled",
            label="Enabled",
            kind=Kind.BOOLEAN,
            default=True,
            help="A disabled rule takes no message.",
            source=service_model("iot", "TopicRulePayload.ruleDisabled"),
            cfn_property="TopicRulePayload.RuleDisabled",
        ),
        Parameter(
            id="match_percent",
            label="Matching messages",
            kind=Kind.NUMBER,
            default=100,
            unit="%",
            minimum=0,
            maximum=100,
            help="Share of the published messages whose topic and content match the statement in a run.",
            source=workload("which of your messages match"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        Limit(
            "actions",
            "Actions per rule",
            10,
            "actions",
            "The rule is rejected.",
            service_model("iot", "TopicRulePayload.actions"),
        ),
        Limit(
            "message",
            "Size of a message",
            128,
            "KB",
            "The message is not accepted.",
            aws_docs("AWS IoT Core endpoints and quotas", "general/latest/gr/iot-core.html"),
        ),
    ),
    model=Modelled(
        modelled=(
            "The matching share of the messages goes to every action.",
            "Actions that can refuse are tried again, then the message goes to the error action.",
            TOO_LARGE,
        ),
        estimated=("Latencies.", "Three retries with growing pauses."),
        not_modelled=("Devices, topics and the statement: the matching share is a setting.", "Prices of AWS IoT."),
    ),
    cfn_types=("AWS::IoT::TopicRule",),
    keywords=("iot", "mqtt", "device", "sensor", "topic rule", "broker", "telemetry"),
    entry_point=True,
)
