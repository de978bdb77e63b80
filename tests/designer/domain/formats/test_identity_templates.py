"""Sign-in, CloudFront, web ACLs, keys and secrets in CloudFormation templates."""

from __future__ import annotations

import pytest

from designer.domain.formats.registry import import_file
from designer.domain.graph.model import Design

USERS = b"""
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: OPTIONAL
      UserPoolTier: PLUS
      AdminCreateUserConfig: {AllowAdminCreateUserOnly: true}
      LambdaConfig:
        PreSignUp: !GetAtt Check.Arn
        PreTokenGenerationConfig: {LambdaArn: !GetAtt Claims.Arn, LambdaVersion: V2_0}
  Domain: {Type: 'AWS::Cognito::UserPoolDomain', Properties: {UserPoolId: !Ref Users, Domain: shop}}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Users
      ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
      GenerateSecret: true
      AccessTokenValidity: 30
      RefreshTokenValidity: 90
      TokenValidityUnits: {AccessToken: minutes}
  Google:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties: {UserPoolId: !Ref Users, ProviderName: Google, ProviderType: Google, AttributeMapping: {email: email}}
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true
      CognitoIdentityProviders: [{ClientId: !Ref Client, ProviderName: !GetAtt Users.ProviderName}]
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties: {IdentityPoolId: !Ref Identities, Roles: {unauthenticated: !GetAtt Guest.Arn}}
  Guest: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}}
  Check: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.13, Handler: a.b, Code: {ZipFile: x}}}
  Claims: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.13, Handler: a.b, Code: {ZipFile: x}}}
"""

EDGE = b"""
Resources:
  Site: {Type: 'AWS::S3::Bucket'}
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      Rules:
        - {Name: rate, Priority: 1, Statement: {RateBasedStatement: {Limit: 500, AggregateKeyType: IP}}}
        - {Name: common, Priority: 2, Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: Common}}}
  EdgeFirewall: {Type: 'AWS::WAFv2::WebACL', Properties: {Scope: CLOUDFRONT, DefaultAction: {Block: {}}}}
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: shop, EndpointConfiguration: {Types: [REGIONAL]}}}
  Stage: {Type: 'AWS::ApiGateway::Stage', Properties: {RestApiId: !Ref Api, StageName: prod}}
  Attached:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      WebACLArn: !GetAtt Firewall.Arn
      ResourceArn: !Sub 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod'
  Edge:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        WebACLId: !GetAtt EdgeFirewall.Arn
        PriceClass: PriceClass_100
        HttpVersion: http3
        DefaultCacheBehavior: {ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD], TargetOriginId: site}
        Origins:
          - {Id: site, DomainName: !GetAtt Site.RegionalDomainName}
          - {Id: api, DomainName: !Sub '${Api}.execute-api.${AWS::Region}.amazonaws.com'}
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      PendingWindowInDays: 7
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: ['kms:GenerateDataKey*', 'kms:Decrypt']}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
  Password: {Type: 'AWS::SecretsManager::Secret', Properties: {KmsKeyId: !Ref Key}}
  Rotated:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Password
      RotationLambdaARN: !GetAtt Rotate.Arn
      RotationRules: {AutomaticallyAfterDays: 7}
  Rotate: {Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.13, Handler: a.b, Code: {ZipFile: x}}}
  Flag: {Type: 'AWS::SSM::Parameter', Properties: {Type: String, Tier: Advanced, Value: 'on'}}
"""


def read(template: bytes) -> Design:
    return import_file("template.yaml", template).design


def arrows(design: Design) -> set[str]:
    return {f"{edge.source} {edge.connection} {edge.target}" for edge in design.edges.values()}


def test_pools_providers_and_triggers_become_nodes_and_arrows() -> None:
    design = read(USERS)
    assert arrows(design) == {
        "Users cognito_user_pool.lambda.pre_sign_up Check",
        "Users cognito_user_pool.lambda.pre_token_generation Claims",
        "Users cognito_user_pool.cognito_identity_pool.provider Identities",
        "Google identity_provider.cognito_user_pool.federation Users",
    }
    claims = next(edge for edge in design.edges.values() if edge.target == "Claims")
    assert claims.parameters == {"token_version": "V2_0"}


def test_the_settings_of_pools_and_of_the_app_client_are_read() -> None:
    design = read(USERS)
    assert design.nodes["Users"].parameters == {
        "mfa": "OPTIONAL",
        "tier": "PLUS",
        "self_sign_up": False,
        "managed_login": True,
        "auth_flow": "user_password",
        "client_secret": True,
        "access_token_validity_s": 1_800,
        "refresh_token_validity_s": 7_776_000,
    }
    assert design.nodes["Identities"].parameters == {
        "guest_access": True,
        "unauthenticated_role": True,
        "authenticated_role": False,
    }
    assert design.nodes["Google"].parameters == {"kind": "Google", "attribute_mapping": '{"email": "email"}'}


def test_distributions_web_acls_keys_and_secrets_become_nodes_and_arrows() -> None:
    assert arrows(read(EDGE)) == {
        "Edge cloudfront.s3.origin Site",
        "Edge cloudfront.api_gateway_rest.origin Api",
        "Edge cloudfront.waf.web_acl EdgeFirewall",
        "Firewall waf.api_gateway_rest.protect Api",
        "Queue sqs_standard.kms.encryption Key",
        "Password ssm_secrets.lambda.rotation Rotate",
    }


def test_their_settings_are_read() -> None:
    nodes = read(EDGE).nodes
    assert nodes["Edge"].parameters == {
        "viewer_protocol": "https-only",
        "allowed_methods": "read",
        "http_version": "http3",
        "price_class": "PriceClass_100",
    }
    assert nodes["Firewall"].parameters == {"scope": "REGIONAL", "rules": 2, "rate_limit": 500}
    assert nodes["EdgeFirewall"].parameters == {"scope": "CLOUDFRONT", "default_action": "block", "rules": 0}
    assert nodes["Key"].parameters == {"rotation": True, "pending_days": 7, "services_allowed": True}
    assert nodes["Password"].parameters == {"rotation": True, "rotation_days": 7, "encryption": "customer_managed"}
    assert nodes["Flag"].parameters == {"kind": "advanced", "encryption": "none"}


API = b"""
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: shop, DisableExecuteApiEndpoint: true}}
  Validator: {Type: 'AWS::ApiGateway::RequestValidator', Properties: {RestApiId: !Ref Api, ValidateRequestBody: true}}
  Post:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      HttpMethod: POST
      AuthorizationType: COGNITO_USER_POOLS
      ApiKeyRequired: true
      RequestValidatorId: !Ref Validator
      Integration: {Type: HTTP_PROXY, Uri: 'https://example.com'}
  Preflight:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, HttpMethod: OPTIONS, AuthorizationType: NONE, Integration: {Type: MOCK}}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      StageName: prod
      CacheClusterEnabled: true
      CanarySetting: {PercentTraffic: 5, UseStageCache: true}
      MethodSettings: [{ResourcePath: '/*', HttpMethod: '*', CacheDataEncrypted: true, CacheTtlInSeconds: 60}]
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      ApiStages: [{ApiId: !Ref Api, Stage: prod}]
      Throttle: {RateLimit: 5, BurstLimit: 10}
      Quota: {Limit: 1000, Period: DAY}
  Lean:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: {AllowOrigins: ['*']}
      Domain: {DomainName: a.example.com, MutualTlsAuthentication: {TruststoreUri: 's3://b/t.pem'}}
"""


@pytest.mark.point("APG-04", "APG-08")
def test_the_front_of_an_api_is_read() -> None:
    nodes = read(API).nodes
    assert nodes["Api"].parameters == {
        "default_endpoint": False,
        "authorization": "cognito",
        "api_key_required": True,
        "request_validation": "body",
        "cors": True,
        "cache_enabled": True,
        "cache_encrypted": True,
        "cache_ttl_s": 60,
        "canary_percent": 5,
        "canary_stage_cache": True,
        "plan_rate_per_s": 5,
        "plan_burst": 10,
        "plan_quota": 1_000,
        "plan_period": "DAY",
    }
    assert nodes["Lean"].parameters == {"cors": True, "custom_domain": True, "mutual_tls": True}
