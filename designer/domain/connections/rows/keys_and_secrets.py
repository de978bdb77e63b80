"""What keys and secrets are attached to."""

from designer.domain.catalog.sources import LAMBDA_SERVICES, aws_docs
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
from designer.domain.connections.wording import AT_LEAST_ONCE, ONCE, UNORDERED

CONNECTIONS = (
    Connection(
        id="kms.lambda.environment_key",
        source="kms",
        target="lambda",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Key of the function",
        explanation="Lambda encrypts the function's environment variables and code with the key and decrypts them when "
        "an environment starts. The key itself calls nothing.",
        conditions="A symmetric key. The function's role needs kms:Decrypt.",
        authority=aws_docs("Data encryption at rest for Lambda", "lambda/latest/dg/security-encryption-at-rest.html"),
        preferred=True,
        retries="Lambda repeats a throttled request; without the key the function does not start.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None besides the key's own policy: kms:Decrypt for the function's role",
        cfn_resources=("AWS::Lambda::Function", "AWS::KMS::Key"),
        requirements=(
            Requirement(
                End.SOURCE,
                "key_spec",
                Comparison.ONE_OF,
                ("SYMMETRIC_DEFAULT",),
                "the key is a symmetric one",
                fix="SYMMETRIC_DEFAULT",
            ),
        ),
    ),
    Connection(
        id="ssm_secrets.lambda.rotation",
        source="ssm_secrets",
        target="lambda",
        mode=Mode.TRIGGER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Rotation",
        explanation="Secrets Manager calls the function in four steps: create the new secret, set it in the database, "
        "test it, and make it the current one.",
        conditions="Secrets of Secrets Manager only. A function in a VPC has to reach both the database and Secrets "
        "Manager.",
        authority=LAMBDA_SERVICES,
        preferred=True,
        retries="Secrets Manager tries the rotation again until it succeeds; the old secret stays valid meanwhile.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for secretsmanager.amazonaws.com",
        cfn_resources=("AWS::SecretsManager::RotationSchedule", "AWS::Lambda::Permission"),
        requirements=(
            Requirement(
                End.SOURCE, "kind", Comparison.ONE_OF, ("secret",), "the value is kept in Secrets Manager", fix="secret"
            ),
        ),
    ),
    Connection(
        id="ssm_secrets.rds_aurora.credentials",
        source="ssm_secrets",
        target="rds_aurora",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Password of the database",
        explanation="The database keeps its master password in the secret and rotates it, or a proxy reads its "
        "credentials from there.",
        conditions="Secrets of Secrets Manager only.",
        authority=aws_docs(
            "Password management with Amazon RDS and AWS Secrets Manager",
            "AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
        ),
        preferred=True,
        retries="RDS repeats the rotation by itself.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="A service-linked role of RDS, or the role of the proxy",
        cfn_resources=("AWS::RDS::DBCluster", "AWS::SecretsManager::Secret"),
        requirements=(
            Requirement(
                End.SOURCE, "kind", Comparison.ONE_OF, ("secret",), "the value is kept in Secrets Manager", fix="secret"
            ),
        ),
    ),
)
