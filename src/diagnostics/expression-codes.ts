import type { Json } from '../base/json.ts'
import type { Details, DiagnosticEntry } from './entry.ts'

/** Faults of conditions and templates that are found while authoring. */
export const EXPRESSION_DIAGNOSTICS: Readonly<Record<string, DiagnosticEntry>> = {
  'expression.empty': {
    severity: 'error',
    message: () => 'There is no expression here.',
    cause: 'The field is blank.',
    mend: 'Write an expression, such as contact.balance > 100.',
  },
  'expression.tooLong': {
    severity: 'error',
    message: ({ length, max }) => `This has ${length} characters; at most ${max} are allowed.`,
    cause: 'Long sources cannot be read by people and cost memory in every released version.',
    mend: 'Set variables with parts of it in nodes before, and use those.',
  },
  'expression.tooDeep': {
    severity: 'error',
    message: () => 'This is nested too deeply.',
    cause: 'There are too many brackets inside brackets, operators in a row or parts in all.',
    mend: 'Set variables with parts of it in nodes before, and use those.',
  },
  'expression.syntax': {
    severity: 'error',
    message: ({ found, suggestion }) => `${quoted(found)} is not expected here.${didYouMean(suggestion)}`,
    cause: 'The expression is not written as the language asks for.',
    mend: 'Look at the marked characters; an operator or a bracket is missing or too many before them.',
  },
  'expression.unfinished': {
    severity: 'error',
    message: () => 'The expression ends too early.',
    cause: 'A closing bracket or the right side of an operator is missing.',
    mend: 'Complete the expression.',
  },
  'expression.unclosedText': {
    severity: 'error',
    message: () => 'This text has no closing quotation mark in its line.',
    cause: 'A text that starts with a quotation mark must end with the same one in the same line.',
    mend: 'Close the text; write a line break inside it as \\n.',
  },
  'expression.escape': {
    severity: 'error',
    message: ({ found }) => `${quoted(found)} is not an escape that a text knows.`,
    cause: 'A backslash in a text starts an escape, such as \\n.',
    mend: 'Write two backslashes for one, or put an r before the text, as in r"\\d+".',
  },
  'expression.reservedWord': {
    severity: 'error',
    message: ({ found }) => `${quoted(found)} is a word of the language and cannot be a name.`,
    cause: 'The language keeps some words for itself.',
    mend: 'Give the variable another name.',
  },
  'expression.numberRange': {
    severity: 'error',
    message: ({ found }) => `The number ${found} is too large to be exact.`,
    cause: 'Whole numbers are exact up to 9007199254740991, and numbers end near 1.8e308.',
    mend: 'Write ids of many digits as text, in quotation marks.',
  },
  'expression.unsignedLiteral': {
    severity: 'error',
    message: () => 'Numbers have no suffix here; leave the u out.',
    cause: 'There is one kind of number, as in JSON.',
    mend: 'Write the number alone.',
  },
  'expression.bytesLiteral': {
    severity: 'error',
    message: () => 'Bytes are not supported; leave the b before the text out.',
    cause: 'Values are those of JSON, which has no bytes.',
    mend: 'Write a text.',
  },
  'expression.unknownName': {
    severity: 'error',
    message: ({ name, suggestion }) => `There is no variable ${quoted(name)}.${didYouMean(suggestion)}`,
    cause: 'The name is neither a variable of the flow nor contact, trigger, nodes, session or now.',
    mend: 'Correct the name, or declare the variable.',
  },
  'expression.unknownMember': {
    severity: 'error',
    message: ({ name, suggestion }) => `There is no member ${quoted(name)} here.${didYouMean(suggestion)}`,
    cause: 'The object is declared with other members.',
    mend: 'Correct the name, or declare the member.',
  },
  'expression.noMembers': {
    severity: 'error',
    message: ({ name, type }) => `A ${type} has no members, so ${quoted(name)} cannot be read.`,
    cause: 'Only objects have members, and only lists and objects can be indexed.',
    mend: 'Use a function, such as size(x), or read from the object that is meant.',
  },
  'expression.index': {
    severity: 'error',
    message: ({ of, wanted, got }) => `A ${of} is indexed by ${either(wanted)}, not by ${got}.`,
    cause: 'Entries of lists are found by number, members of objects by text.',
    mend: 'Use an index of the right kind; number(x) and string(x) convert.',
  },
  'expression.operand': {
    severity: 'error',
    message: ({ operator, wanted, got, suggestion }) =>
      `${quoted(operator)} works on ${either(wanted)}, not on ${list(got, ' and ')}.${didYouMean(suggestion)}`,
    cause: 'The values next to the operator are of a kind that it does not work on, or of two kinds.',
    mend: 'Convert a value, as in "x" + string(1), or correct the operator.',
  },
  'expression.comparison': {
    severity: 'error',
    message: ({ left, right }) => `A value of kind ${left} never equals one of kind ${right}.`,
    cause: 'Values of different kinds are never equal, so that the comparison always comes out the same.',
    mend: 'Convert one of them, as in string(x) == "1".',
  },
  'expression.unknownFunction': {
    severity: 'error',
    message: ({ name, suggestion }) => `There is no function ${quoted(name)}.${didYouMean(suggestion)}`,
    cause: 'The function is not in the list.',
    mend: 'Correct the name; the list of functions is in the documentation of expressions.',
  },
  'expression.functionForm': {
    severity: 'error',
    message: ({ name, form }) =>
      form === 'method'
        ? `${quoted(name)} is called as value.${name}(…).`
        : `${quoted(name)} is called as ${name}(…).`,
    cause: 'Some functions are called on a value, others stand alone.',
    mend: 'Call it in the other form.',
  },
  'expression.argumentCount': {
    severity: 'error',
    message: ({ name, least, most, got }) => `${quoted(name)} takes ${amount(least, most)}, not ${got}.`,
    cause: 'A call has too few or too many arguments.',
    mend: 'Give it the arguments that the list of functions names.',
  },
  'expression.argumentType': {
    severity: 'error',
    message: ({ name, parameter, wanted, got }) =>
      `${quoted(name)} takes ${either(wanted)} as ${quoted(parameter)}, not ${got}.`,
    cause: 'An argument is of a kind that the function does not work on.',
    mend: 'Convert the value with string(x) or number(x), or correct the argument.',
  },
  'expression.objectKey': {
    severity: 'error',
    message: ({ name }) => `${quoted(name)} cannot be a key here.`,
    cause:
      'Keys of an object are texts; none may come twice, and none may be __proto__, constructor or prototype.',
    mend: 'Use another key, in quotation marks.',
  },
  'expression.loopVariable': {
    severity: 'error',
    message: () => 'A plain name for the entry is needed here, as in list.exists(entry, entry > 1).',
    cause: 'all, exists, exists_one, map and filter name the entry first, then say what to do with it.',
    mend: 'Write a name before the first comma.',
  },
  'expression.hasArgument': {
    severity: 'error',
    message: () => 'has(…) asks for a member, as in has(contact.email).',
    cause: 'Only a member of an object can be there or not.',
    mend: 'Name a member, or compare with null.',
  },
  'expression.pattern': {
    severity: 'error',
    message: ({ problem }) => `The regular expression cannot be used: ${problem}`,
    cause:
      'Patterns are in RE2 syntax, which has no look-around and no back-references, and are bounded in size, so that none can hang.',
    mend: 'Correct the pattern, or lower its counters; in a text each backslash is written twice, or the text starts with r.',
  },
  'expression.wrongType': {
    severity: 'error',
    message: ({ wanted, got }) => `The result must be ${wanted}; this gives ${got}.`,
    cause: 'The field takes results of one kind.',
    mend: 'Compare or convert the value so that the result fits.',
  },
  'expression.unclosedHole': {
    severity: 'error',
    message: () => 'The {{ has no }} after it.',
    cause: 'Every {{ in a text starts an expression that ends with }}.',
    mend: 'Close it with }}; two braces that should be seen are written {{ "{{" }}.',
  },
  'expression.emptyHole': {
    severity: 'error',
    message: () => 'There is no expression between {{ and }}.',
    cause: 'The braces are empty.',
    mend: 'Write what should be filled in, such as {{contact.name}}, or remove the braces.',
  },
  'expression.notText': {
    severity: 'error',
    message: ({ got }) => `A ${got} cannot be filled into a text.`,
    cause: 'Only texts, numbers, true and false can be filled in.',
    mend: 'Pick an entry or a member, or put a list together with list.join(", ").',
  },
}

/** What the code of an evaluation fault means; such faults become errors of a session, not diagnostics. */
export const EVALUATION_CODES: Readonly<Record<string, string>> = {
  'evaluation.type': 'A value is null or of another kind than the operator or function works on.',
  'evaluation.notFinite': 'A calculation has no finite result, such as a division by zero.',
  'evaluation.cost': 'The expression takes more operations than maxExpressionCost allows.',
  'evaluation.noSuchMember': 'A member that is not declared is not there.',
  'evaluation.noSuchIndex': 'A list has no entry at a position.',
  'evaluation.objectKey': 'A key of an object is no text, comes twice, or could reach a prototype.',
  'evaluation.notText': 'A list or an object stands where text is made.',
  'evaluation.conversion': 'A text cannot be read as a number, an instant, a duration, or true or false.',
  'evaluation.argument':
    'An argument of a function is out of its range, or names an unknown locale or currency.',
  'evaluation.timeZone': 'A time zone is not known.',
  'evaluation.noRegexEngine':
    'matches was called and no engine for regular expressions was passed when linking.',
  'evaluation.pattern': 'A regular expression cannot be read or is too large.',
}

function quoted(value: Json | undefined): string {
  return `"${typeof value === 'string' ? value : JSON.stringify(value ?? null)}"`
}

function didYouMean(suggestion: Details[string] | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
}

function list(words: Json | undefined, joiner: string): string {
  return Array.isArray(words) ? words.join(joiner) : String(words)
}

function either(words: Json | undefined): string {
  return list(words, ' or ')
}

function amount(least: Json | undefined, most: Json | undefined): string {
  const noun = (count: Json | undefined) => (count === 1 ? 'argument' : 'arguments')
  if (most === null) return `at least ${least} ${noun(least)}`
  return least === most ? `${least} ${noun(least)}` : `${least} to ${most} arguments`
}
