"""Lets moto's CloudFormation make the stack of a template, and tells what became of it as JSON.

moto is somebody else's reading of CloudFormation: what it resolves and makes is compared with what the tests' own reading says.
"""

import ast
import json
import logging
import sys
import warnings

import boto3
from moto import mock_aws

STACK = "ami-bakery"
REGION = "us-east-1"


def client(service):
    return boto3.client(service, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")


def put_code():
    client("s3").create_bucket(Bucket="code-of-the-functions")
    client("s3").put_object(Bucket="code-of-the-functions", Key="functions.jar", Body=b"PK")


def make_stack(template):
    ec2 = client("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnets = sorted(subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"])
    parameters = {
        "Vpc": vpc,
        "Subnets": ",".join(subnets),
        "FunctionsKey": "functions.jar",
        "FunctionsBucket": "code-of-the-functions",
        "WorkerRunsOn": "EC2",
        "OtherPlaybooks": "arn:aws:s3:::other/playbooks/*",
        # moto does not split a list that is a default
        "FoundationOwners": "amazon,099720109477",
        "InstanceTypes": "*.medium,*.large",
        "TestDocuments": "arn:aws:ssm:*::document/AWS-RunShellScript",
    }
    client("cloudformation").create_stack(
        StackName=STACK,
        TemplateBody=template,
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    return parameters


def resources():
    pages = client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
    return {it["LogicalResourceId"]: it["PhysicalResourceId"] for page in pages for it in page["StackResourceSummaries"]}


def policies(ids):
    iam = client("iam")
    found = {}
    for logical, physical in ids.items():
        if logical.endswith("Role"):
            names = iam.list_role_policies(RoleName=physical)["PolicyNames"]
            found[logical] = [role_policy(iam, physical, name) for name in names]
        elif logical.startswith("Worker") and logical.endswith("Policy"):
            version = iam.get_policy(PolicyArn=physical)["Policy"]["DefaultVersionId"]
            document = iam.get_policy_version(PolicyArn=physical, VersionId=version)["PolicyVersion"]["Document"]
            found[logical] = [document]
    return found


def role_policy(iam, role, name):
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    # moto keeps some as the text of a Python value
    return ast.literal_eval(document) if isinstance(document, str) else document


def documents():
    ssm = client("ssm")
    own = ssm.list_documents(Filters=[{"Key": "Owner", "Values": ["Self"]}], MaxResults=50)["DocumentIdentifiers"]
    return {it["Name"]: ssm.get_document(Name=it["Name"])["Content"] for it in own}


def main():
    warnings.simplefilter("ignore")  # moto's own, about the few types it does not make
    logging.disable(logging.WARNING)
    with open(sys.argv[1], encoding="utf-8") as file:
        template = file.read()
    with mock_aws():
        put_code()
        parameters = make_stack(template)
        ids = resources()
        configuration = client("ssm").get_parameter(Name=f"/ami-bakery/{STACK}/config")["Parameter"]["Value"]
        told = {
            "parameters": parameters,
            "resources": ids,
            "policies": policies(ids),
            "documents": documents(),
            "configuration": configuration,
        }
    json.dump(told, sys.stdout)


main()
