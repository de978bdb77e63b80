"""Databases, caches, containers, addresses, secrets and traces that a function's code reaches."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Source
from designer.domain.connections.code_calls import code_call
from designer.domain.connections.rows.lambda_messaging import IN_VPC
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, UNORDERED

_ROLE = ("AWS::Lambda::Function", "AWS::IAM::Role")
_VPC = aws_docs("Giving Lambda functions access to resources in a VPC", "lambda/latest/dg/configuration-vpc.html")
_INTERFACE_ENDPOINT = "A function in a VPC needs an interface endpoint or a NAT gateway."
_TRACED = Requirement(
    End.SOURCE, "xray_tracing", Comparison.ONE_OF, (True,), "the function's X-Ray tracing is on", fix=True
)
_DATA_API = Requirement(
    End.TARGET, "data_api", Comparison.ONE_OF, (True,), "the database's Data API is switched on", fix=True
)


def _background(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    permission: str,
    authority: Source,
    requirements: tuple[Requirement, ...] = (),
) -> Connection:
    return Connection(
        id=f"lambda.{target}.{mechanism}",
        source="lambda",
        target=target,
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries="Lambda's own; the function's events go on without it.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=permission,
        cfn_resources=_ROLE,
        requirements=requirements,
    )


def _outside_vpc(target: str, *, what: str, alternative: str) -> Connection:
    return Connection(
        id=f"lambda.{target}.outside_vpc",
        source="lambda",
        target=target,
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="From outside the VPC",
        explanation=f"A function that is not in the VPC does not reach {what}.",
        conditions="It has private addresses only, and Lambda's own network does not lead there.",
        authority=_VPC,
        drawable=False,
        alternative=alternative,
    )


CONNECTIONS = (
    code_call(
        "rds_aurora",
        "connect",
        verdict=Verdict.CONDITIONAL,
        label="Database connection",
        explanation="The code opens a connection to the database, sends SQL and waits. Each environment holds a "
        "connection of its own.",
        conditions="The function is in the database's VPC, and their security groups let each other through. With many "
        "environments put RDS Proxy in between.",
        permission="The network interfaces of ec2; rds-db:connect or a secret",
        authority=_VPC,
        retries="The code's own.",
        requirements=(IN_VPC,),
    ),
    code_call(
        "rds_aurora",
        "data_api",
        verdict=Verdict.CONDITIONAL,
        preferred=False,
        label="Data API",
        explanation="The code sends SQL over HTTPS and waits; no connection and no VPC are needed.",
        conditions="Aurora with the Data API switched on, and a secret. An answer has 1 MiB at most.",
        permission="rds-data:ExecuteStatement and secretsmanager:GetSecretValue",
        authority=aws_docs("Using the Amazon RDS Data API", "AmazonRDS/latest/AuroraUserGuide/data-api.html"),
        requirements=(_DATA_API,),
    ),
    _outside_vpc(
        "rds_aurora",
        what="a private database",
        alternative="Attach the function to the VPC, or use the Data API.",
    ),
    code_call(
        "elasticache",
        "connect",
        verdict=Verdict.CONDITIONAL,
        label="Cache connection",
        explanation="The code reads and writes keys over a connection to the cache and waits.",
        conditions="The function is in the cache's VPC, and their security groups let each other through.",
        permission="The network interfaces of ec2",
        authority=_VPC,
        retries="The client library's own.",
        requirements=(IN_VPC,),
    ),
    _outside_vpc("elasticache", what="a cache", alternative="Attach the function to the VPC."),
    code_call(
        "opensearch",
        "request",
        verdict=Verdict.CONDITIONAL,
        label="Signed request",
        explanation="The code asks or fills the domain over HTTPS and waits.",
        conditions="A domain in a VPC needs a function in that VPC; a public one an access policy that lets the "
        "function's role in.",
        permission="es:ESHttpGet, es:ESHttpPost, es:ESHttpPut and es:ESHttpDelete",
        authority=aws_docs(
            "Loading streaming data into Amazon OpenSearch Service",
            "opensearch-service/latest/developerguide/integrations.html",
        ),
    ),
    code_call(
        "redshift",
        "execute_statement",
        label="Data API",
        explanation="The code hands a statement over and can ask for its result later.",
        conditions="Over HTTPS, so that no VPC is needed.",
        permission="redshift-data:ExecuteStatement and redshift:GetClusterCredentials",
        authority=aws_docs("Using the Amazon Redshift Data API", "redshift/latest/mgmt/data-api.html"),
    ),
    code_call(
        "ecs_fargate",
        "run_task",
        label="Run a task",
        explanation="The code starts a task and goes on.",
        conditions=f"It also has to pass the task's roles. {_INTERFACE_ENDPOINT}",
        permission="ecs:RunTask and iam:PassRole for the task's roles",
        authority=aws_docs("RunTask", "AmazonECS/latest/APIReference/API_RunTask.html"),
    ),
    code_call(
        "http_endpoint",
        "request",
        label="HTTPS request",
        explanation="The code calls the address and waits.",
        conditions="Over the internet unless the function is in a VPC; there it needs a NAT gateway.",
        permission="None",
        authority=_VPC,
        retries="The code's own.",
    ),
    code_call(
        "splunk",
        "send_event",
        label="HTTP event collector",
        explanation="The code posts events to Splunk's collector and waits.",
        conditions="With the collector's token. For many events Data Firehose is the better way.",
        permission="None",
        authority=aws_docs("Configure destination settings", "firehose/latest/dev/create-destination.html"),
        retries="The code's own.",
    ),
    code_call(
        "ssm_secrets",
        "get",
        label="Read a parameter or secret",
        explanation="The code reads a parameter or secret and waits.",
        conditions="Keep what was read, or let the parameters and secrets extension do it: reading it for each event "
        f"costs time and money. {_INTERFACE_ENDPOINT}",
        permission="ssm:GetParameter or secretsmanager:GetSecretValue, and kms:Decrypt for a key of yours",
        authority=aws_docs(
            "Use Secrets Manager secrets in Lambda functions",
            "secretsmanager/latest/userguide/retrieving-secrets_lambda.html",
        ),
    ),
    code_call(
        "kms",
        "decrypt",
        label="Encrypt or decrypt",
        explanation="The code uses the key, or Lambda does for the environment variables.",
        conditions=f"The key's policy has to allow the function's role. {_INTERFACE_ENDPOINT}",
        permission="kms:Decrypt, and kms:Encrypt or kms:GenerateDataKey to encrypt",
        authority=aws_docs(
            "Securing Lambda environment variables", "lambda/latest/dg/configuration-envvars-encryption.html"
        ),
    ),
    code_call(
        "cognito_user_pool",
        "admin",
        label="Manage users",
        explanation="The code looks up or changes users of the pool and waits.",
        conditions=f"Each kind of call has a rate of its own. {_INTERFACE_ENDPOINT}",
        permission="The cognito-idp: action that is called, such as cognito-idp:AdminGetUser",
        authority=service_model("cognito-idp", "AdminGetUser"),
    ),
    _background(
        "cloudwatch_logs",
        "logs",
        label="Logs",
        explanation="Lambda writes what the code prints, and lines of its own about each event, to the log group.",
        conditions="A function whose role lacks the permission leaves no log and tells nobody.",
        permission="logs:CreateLogGroup, logs:CreateLogStream and logs:PutLogEvents",
        authority=aws_docs(
            "Sending Lambda function logs to CloudWatch", "lambda/latest/dg/monitoring-cloudwatchlogs.html"
        ),
    ),
    _background(
        "xray",
        "tracing",
        label="Traces",
        explanation="Lambda writes trace segments for sampled events.",
        conditions="With tracing switched on.",
        permission="xray:PutTraceSegments and xray:PutTelemetryRecords",
        authority=aws_docs("Visualize Lambda invocations with X-Ray", "lambda/latest/dg/services-xray.html"),
        requirements=(_TRACED,),
    ),
)
