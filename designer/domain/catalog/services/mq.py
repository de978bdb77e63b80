"""Amazon MQ broker."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, Service

_LAMBDA = aws_docs("Using Lambda with Amazon MQ", "lambda/latest/dg/with-mq.html")

SERVICE = Service(
    id="mq",
    name="Amazon MQ broker",
    label="broker",
    category=Category.INTEGRATION,
    summary="ActiveMQ or RabbitMQ run by AWS, for programs that already speak their protocols. New systems are better "
    "served by SQS and SNS.",
    icon="architecture-service/AmazonMQ",
    source=aws_docs("What is Amazon MQ", "amazon-mq/latest/developer-guide/welcome.html"),
    parameters=(
        Parameter(
            id="engine",
            label="Engine",
            kind=Kind.CHOICE,
            default="ACTIVEMQ",
            choices=(Choice("ACTIVEMQ", "ActiveMQ"), Choice("RABBITMQ", "RabbitMQ")),
            help="Which broker runs. A function works on up to 5 batches of an ActiveMQ broker at once, and on one of "
            "a RabbitMQ broker.",
            source=service_model("mq", "CreateBroker.EngineType"),
            cfn_property="EngineType",
            headline=True,
        ),
        Parameter(
            id="deployment_mode",
            label="Deployment",
            kind=Kind.CHOICE,
            default="SINGLE_INSTANCE",
            choices=(
                Choice("SINGLE_INSTANCE", "Single instance"),
                Choice("ACTIVE_STANDBY_MULTI_AZ", "Active and standby in two zones (ActiveMQ)"),
                Choice("CLUSTER_MULTI_AZ", "Cluster over three zones (RabbitMQ)"),
            ),
            help="Whether the broker survives the loss of an Availability Zone.",
            source=service_model("mq", "CreateBroker.DeploymentMode"),
            cfn_property="DeploymentMode",
        ),
        Parameter(
            id="destination_kind",
            label="Destination",
            kind=Kind.CHOICE,
            default="queue",
            choices=(Choice("queue", "Queue"), Choice("topic", "Topic")),
            help="What readers read from. Lambda and pipes read queues only; a virtual topic counts as a queue for "
            "each of its readers.",
            source=_LAMBDA,
            cfn_property="EventSourceMapping.Queues",
        ),
        Parameter(
            id="publicly_accessible",
            label="Public",
            kind=Kind.BOOLEAN,
            default=False,
            help="The broker also has an address on the internet.",
            source=service_model("mq", "CreateBroker.PubliclyAccessible"),
            cfn_property="PubliclyAccessible",
        ),
    ),
    limits=(
        Limit(
            "mapping_function_timeout",
            "Timeout of a function that reads the broker",
            840,
            "s",
            "The mapping does not work with a longer one.",
            _LAMBDA,
        ),
        Limit(
            "active_mq_concurrency",
            "Batches of an ActiveMQ broker worked on at once",
            5,
            "executions",
            "The backlog waits.",
            _LAMBDA,
        ),
    ),
    model=Modelled(
        modelled=(
            "Messages wait for readers: 5 batches at once with ActiveMQ, 1 with RabbitMQ, repeated until they work.",
        ),
        estimated=("Time of one message.", "Time from a message to the function, as for SQS."),
        not_modelled=("What the broker's instance can take.", "Messages that expire.", "Cost."),
    ),
    cfn_types=("AWS::AmazonMQ::Broker",),
    keywords=("mq", "amazonmq", "activemq", "rabbitmq", "amqp", "jms", "broker", "queue"),
    entry_point=True,
)
