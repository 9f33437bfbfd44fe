import type { Command, Option } from 'commander'

/** Shells for which a completion script can be made. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** What a shell needs to know of a command. */
interface CommandSpec {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionSpec[]
  /** Words that its first argument is one of; files where there are none. */
  readonly choices: readonly string[]
}

interface OptionSpec {
  readonly name: string
  readonly description: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
}

/** The completion script of a shell, made from the definitions of the commands. */
export function completionScript(shell: Shell, sluice: Command): string {
  const specs = sluice.commands.map(specOf)
  return { bash, zsh, fish }[shell](specs)
}

function specOf(command: Command): CommandSpec {
  const help: OptionSpec = { name: '--help', description: 'show this help', takesValue: false, choices: [] }
  return {
    name: command.name(),
    summary: command.summary(),
    options: [...command.options.map(optionOf), help],
    choices: command.registeredArguments[0]?.argChoices ?? [],
  }
}

function optionOf(option: Option): OptionSpec {
  return {
    name: option.long ?? option.flags,
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  }
}

function bash(specs: readonly CommandSpec[]): string {
  const values = specs.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map((option) => `    '${name} ${option.name}') words='${option.choices.join(' ')}' ;;`),
  )
  const files = specs.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue, choices }) => takesValue && choices.length === 0)
      .map((option) => `'${name} ${option.name}'`),
  )
  return `# Completion for bash: source this file, or put it into the folder that bash-completion reads.
_sluice() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${specs.map(({ name }) => name).join(' ')} --help --version' -- "$cur"))
    return
  fi
  case "$command $prev" in
${values.join('\n')}
    ${files.join(' | ')}) COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  if [ -z "$words" ]; then
    case "$command $cur" in
${specs.map(({ name, options }) => `      '${name} -'*) words='${options.map((each) => each.name).join(' ')}' ;;`).join('\n')}
${specs
  .filter(({ choices }) => choices.length > 0)
  .map(({ name, choices }) => `      '${name} '*) words='${choices.join(' ')}' ;;`)
  .join('\n')}
    esac
  fi
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); else COMPREPLY=($(compgen -f -- "$cur")); fi
}
complete -o filenames -F _sluice sluice`
}

function zsh(specs: readonly CommandSpec[]): string {
  const quoted = (text: string) => text.replace(/'/g, '').replace(/[[\]:\\]/g, ' ')
  const option = ({ name, description, takesValue, choices }: OptionSpec) => {
    const value = !takesValue ? '' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files'
    return `'${name}[${quoted(description)}]${value}'`
  }
  return `#compdef sluice
# Completion for zsh: put this file as _sluice into a folder of $fpath.
_sluice() {
  local -a commands
  commands=(
${specs.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${specs
  .map(({ name, options, choices }) => {
    const argument = choices.length > 0 ? `'*:value:(${choices.join(' ')})'` : `'*:file:_files'`
    return `    ${name}) shift words; (( CURRENT-- )); _arguments ${[...options.map(option), argument].join(' ')} ;;`
  })
  .join('\n')}
  esac
}
compdef _sluice sluice`
}

function fish(specs: readonly CommandSpec[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, ' ')}'`
  const lines = specs.flatMap(({ name, summary, options, choices }) => [
    `complete -c sluice -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...(choices.length > 0
      ? [`complete -c sluice -n '__fish_seen_subcommand_from ${name}' -f -a '${choices.join(' ')}'`]
      : []),
    ...options.map((option) => {
      const value = !option.takesValue
        ? ''
        : option.choices.length > 0
          ? ` -x -a '${option.choices.join(' ')}'`
          : ' -r'
      return `complete -c sluice -n '__fish_seen_subcommand_from ${name}' -l ${option.name.slice(2)}${value} -d ${quoted(option.description)}`
    }),
  ])
  return [
    '# Completion for fish: put this file as sluice.fish into its folder of completions.',
    ...lines,
  ].join('\n')
}
