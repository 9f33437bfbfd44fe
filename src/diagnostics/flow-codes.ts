import type { Details, DiagnosticEntry } from './entry.ts'

function didYouMean(d: Details): string {
  return d.suggestion === undefined ? '' : `; did you mean ${d.suggestion}?`
}

function badName(what: string, d: Details): string {
  return d.name === '' ? `${what} has no name` : `${what} cannot be called ${d.name}`
}

/** What can be wrong with a flow that reads as a document. */
export const FLOW_DIAGNOSTICS: { readonly [code: string]: DiagnosticEntry } = {
  'flow.noStart': {
    severity: 'error',
    message: () => 'The flow has no start node',
    cause: 'Every flow begins at exactly one start node; an import can lack it.',
    mend: 'Add a start node and connect it to the first node.',
  },
  'flow.secondStart': {
    severity: 'error',
    message: (d) => `${d.node} is a second start node beside ${d.first}`,
    cause: 'Every flow has exactly one start node.',
    mend: 'Remove one of the start nodes.',
  },
  'flow.empty': {
    severity: 'error',
    message: () => 'Nothing comes after the start node',
    cause: 'No outcome of the start node is connected; what is connected to signals alone begins nothing.',
    mend: 'Connect the start node to the first node of the flow.',
  },
  'flow.noEndReachable': {
    severity: 'error',
    message: () => 'No end can be reached from the start node',
    cause: 'There is no end node, or no path leads to one.',
    mend: 'Add an end node and connect a path to it.',
  },
  'node.unknownType': {
    severity: 'error',
    message: (d) => `There is no node type ${d.type}${didYouMean(d)}`,
    cause:
      'The type is misspelt, its major version is not installed, or it comes from an integration that this host lacks.',
    mend: 'Choose a type from the palette, or register the integration.',
  },
  'node.placeholder': {
    severity: 'error',
    message: (d) => `This node stands for ${d.original}, which could not be imported`,
    cause: 'The flow that was imported holds a node that has no counterpart here.',
    mend: 'Replace it by nodes of the palette.',
  },
  'node.unreachable': {
    severity: 'error',
    message: () => 'The start node does not lead here',
    cause: 'No path of connectors leads from the start to this node.',
    mend: 'Connect an outcome to it, or remove it.',
  },
  'node.noWayToEnd': {
    severity: 'error',
    message: () => 'No end can be reached from here',
    cause: 'Every path from this node runs in circles or stops.',
    mend: 'Connect a path from it to an end.',
  },
  'node.noOutcomeConnected': {
    severity: 'error',
    message: () => 'None of the outcomes leads anywhere',
    cause: 'A node that is not an end must lead on.',
    mend: 'Connect at least one outcome to a next node.',
  },
  'config.missing': {
    severity: 'error',
    message: (d) => `${d.field} is needed and is empty`,
    cause: 'A field that the node cannot do without has no value.',
    mend: 'Fill the field in.',
  },
  'config.wrongType': {
    severity: 'error',
    message: (d) => `${d.field} should be ${d.expected}, and is ${d.got}`,
    cause: 'A field holds a value of another kind.',
    mend: 'Give the field a value of the kind named.',
  },
  'config.unknownField': {
    severity: 'warning',
    message: (d) => `There is no field ${d.field} in a ${d.type} node${didYouMean(d)}`,
    cause: 'A field is misspelt, or belongs to another version of the node type.',
    mend: 'Remove the field or correct its name.',
  },
  'outcome.unassigned': {
    severity: 'error',
    message: (d) => `The outcome ${d.outcome} leads nowhere`,
    cause: 'Every outcome must lead to a node, so that no session stops in silence.',
    mend: 'Connect it to a node; where there is nothing left to do, to an end with a fitting flow outcome.',
  },
  'outcome.repeated': {
    severity: 'error',
    message: (d) => `Two outcomes of this node are called ${d.outcome}`,
    cause: 'Options or rules share a name, or one is named like an outcome that the node has anyway.',
    mend: 'Rename one of them.',
  },
  'outcome.badName': {
    severity: 'error',
    message: (d) => `${d.outcome} cannot be the name of an outcome`,
    cause: 'Names that begin with "on:" are kept for signals and errors; a name has 1 to 64 characters.',
    mend: 'Choose another name.',
  },
  'connector.noTarget': {
    severity: 'error',
    message: (d) => `The connector of ${d.outcome} has no target`,
    cause: 'It was drawn from an outcome and not dropped on a node.',
    mend: 'Drop it on a node.',
  },
  'connector.targetGone': {
    severity: 'error',
    message: (d) => `The connector leads to ${d.target}, which does not exist${didYouMean(d)}`,
    cause: 'The node was removed or renamed.',
    mend: 'Connect it to another node.',
  },
  'connector.sourceGone': {
    severity: 'error',
    message: (d) => `The connector leaves ${d.source}, which does not exist${didYouMean(d)}`,
    cause: 'The node was removed or renamed.',
    mend: 'Remove the connector.',
  },
  'connector.unknownOutcome': {
    severity: 'error',
    message: (d) => `The connector leaves by ${d.outcome}, which this node does not have${didYouMean(d)}`,
    cause: 'The outcome went away when the node was changed, or its name is misspelt.',
    mend: 'Connect one of the outcomes that the node has, or remove the connector.',
  },
  'connector.unknownSignal': {
    severity: 'warning',
    message: (d) =>
      d.suggestion === undefined
        ? `The connector leaves by ${d.outcome}, which names no signal`
        : `The engine raises no signal for ${d.outcome}${didYouMean(d)}`,
    cause: 'The name after "on:" is blank, or looks like a slip of error, hangup, stop or cancel.',
    mend: 'Correct the name; leave it where the host does raise a signal of that name.',
  },
  'connector.intoStart': {
    severity: 'error',
    message: () => 'A connector leads into the start node',
    cause: 'A flow is entered at its start from outside alone.',
    mend: 'Lead it to the node after the start.',
  },
  'connector.outOfEnd': {
    severity: 'error',
    message: () => 'A connector leaves an end node',
    cause: 'Nothing comes after an end.',
    mend: 'Remove the connector.',
  },
  'cycle.endless': {
    severity: 'error',
    message: (d) => `${d.nodes} run in a circle without ever waiting`,
    cause: 'A cycle with no wait, awaited effect or bounded loop in it runs into the step limit.',
    mend: 'Put a node into the cycle that waits, or lead it out after a number of rounds with a loop node.',
  },
  'end.unknownOutcome': {
    severity: 'error',
    message: (d) => `The flow outcome ${d.outcome} is not declared${didYouMean(d)}`,
    cause: 'The end is tagged with a code that the flow settings do not list.',
    mend: 'Declare the flow outcome in the settings, or choose one that is declared.',
  },
  'end.untagged': {
    severity: 'error',
    message: () => 'The end has no flow outcome',
    cause: 'Each end says what the run came to.',
    mend: 'Choose one of the flow outcomes.',
  },
  'flowOutcome.unused': {
    severity: 'warning',
    message: (d) => `No end is tagged with the flow outcome ${d.outcome}`,
    cause: 'It is declared in the settings, and no run can come to it.',
    mend: 'Tag an end with it, or remove it.',
  },
  'flowOutcome.badCode': {
    severity: 'error',
    message: (d) =>
      d.name === '' ? 'A flow outcome has no code' : `${d.name} cannot be the code of a flow outcome`,
    cause: 'Flows that call this one go on by the code: 1 to 64 characters that do not begin with "on:".',
    mend: 'Give it another code.',
  },
  'flowOutcome.repeated': {
    severity: 'error',
    message: (d) => `Two flow outcomes have the code ${d.name}`,
    cause: 'An end could not say which one is meant.',
    mend: 'Change or remove one of them.',
  },
  'contact.badName': {
    severity: 'error',
    message: (d) => badName('A field of the contact', d),
    cause: 'Expressions read the fields by name: letters, digits and _, no digit first, at most 64.',
    mend: 'Name it so that expressions can.',
  },
  'contact.repeated': {
    severity: 'error',
    message: (d) => `Two fields of the contact are called ${d.name}`,
    cause: 'Expressions could not tell them apart.',
    mend: 'Rename or remove one of them.',
  },
  'variable.unknown': {
    severity: 'error',
    message: (d) => `There is no variable ${d.name}${didYouMean(d)}`,
    cause: 'The variable is not declared in the flow settings.',
    mend: 'Declare it, or choose one that is declared.',
  },
  'variable.badName': {
    severity: 'error',
    message: (d) => badName('A variable', d),
    cause: 'Expressions read variables by name: letters, digits and _, no digit first, at most 64.',
    mend: 'Name it so that expressions can.',
  },
  'variable.repeated': {
    severity: 'error',
    message: (d) => `Two variables are called ${d.name}`,
    cause: 'Expressions could not tell them apart.',
    mend: 'Rename or remove one of them.',
  },
  'variable.reserved': {
    severity: 'error',
    message: (d) => `${d.name} cannot be the name of a variable`,
    cause: 'The name has a meaning of its own in expressions.',
    mend: 'Rename the variable.',
  },
  'variable.defaultType': {
    severity: 'error',
    message: (d) => `The default of ${d.name} should be ${d.expected}`,
    cause: 'The default is of another type than the variable.',
    mend: 'Correct the default or the type.',
  },
  'variable.readBeforeSet': {
    severity: 'warning',
    message: (d) => `${d.name} is read here, and on some path nothing has set it yet`,
    cause: 'The variable has no default, and a path from the start to this node does not write it.',
    mend: 'Give it a default, or set it on every path.',
  },
  'sensitive.leak': {
    severity: 'warning',
    message: (d) => `A sensitive value goes into ${d.name}, which is not marked sensitive`,
    cause: 'What is derived from a sensitive value would stand in logs unmasked.',
    mend: 'Mark the variable sensitive.',
  },
  'action.unknownOutcome': {
    severity: 'warning',
    message: (d) =>
      `Actions wait for the outcome ${d.outcome}, which this node does not have${didYouMean(d)}`,
    cause: 'The outcome went away when the node was changed, or its name is misspelt.',
    mend: 'Move the actions to an outcome that the node has, or remove them.',
  },
  'action.incomplete': {
    severity: 'error',
    message: (d) =>
      d.target === 'set'
        ? 'An action sets a variable and does not say which'
        : 'An action writes to a logbook and does not say which',
    cause: 'The action was added and not filled in.',
    mend: 'Choose one that is declared, or remove the action.',
  },
  'logbook.noName': {
    severity: 'error',
    message: (d) =>
      d.logbook === undefined ? 'A logbook has no name' : `A field of the logbook ${d.logbook} has no name`,
    cause: 'It was added and not filled in.',
    mend: 'Name it, or remove it.',
  },
  'logbook.unknown': {
    severity: 'error',
    message: (d) => `There is no logbook ${d.name}${didYouMean(d)}`,
    cause: 'The logbook is not declared in the flow settings.',
    mend: 'Declare it, or choose one that is declared.',
  },
  'logbook.unknownField': {
    severity: 'error',
    message: (d) => `The logbook ${d.logbook} has no field ${d.field}${didYouMean(d)}`,
    cause: 'The field is not declared with the logbook.',
    mend: 'Declare the field, or choose one that is declared.',
  },
  'source.unknownLanguage': {
    severity: 'error',
    message: (d) => `There is no expression language ${d.language}${didYouMean(d)}`,
    cause: 'The text names a language that the host has not plugged in.',
    mend: 'Rewrite it in CEL, or pass the language when validating and compiling.',
  },
  'settings.limit': {
    severity: 'error',
    message: (d) => `${d.limit} should be a whole number from 1 to ${d.max}, and is ${d.got}`,
    cause: 'Each limit has a range that keeps sessions from running or growing without end.',
    mend: 'Choose a number within the range, or remove it: the default is taken then.',
  },
  'settings.blankStopWord': {
    severity: 'error',
    message: () => 'A stop word is blank',
    cause: 'It was added and not filled in; an empty message would stop the session.',
    mend: 'Fill it in, or remove it.',
  },
  'settings.noLanguage': {
    severity: 'error',
    message: () => 'A language of the flow is not chosen',
    cause: 'It was added and not filled in.',
    mend: 'Choose a language, such as en or de-AT, or remove it.',
  },
  'settings.noDuplicateIdentifier': {
    severity: 'error',
    message: () => 'Duplicate sessions are prevented, and nothing says what tells sessions apart',
    cause: 'The rule needs an identifier to compare.',
    mend: 'Name an identifier, such as contact.phone, or switch the rule off.',
  },
}
