import { Command, Option } from "commander";
import { type CommandDescription, commands } from "./commands.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { ownPackage } from "./own-package.ts";
import type { Terminal } from "./terminal.ts";

/** All of the command line, as commander reads it. `ended` hears how the command went. */
export function createProgram(terminal: Terminal, ended: (code: ExitCode) => void): Command {
  const program = styled(new Command("wkgen"), terminal)
    .description("From a domain model in plain words to a typed, event-sourced, real-time application.")
    .version(ownPackage().version, "--version", "print the version of wkgen")
    .helpOption("--help", "explain a command")
    .helpCommand(false)
    .option("--no-color", "no colours (NO_COLOR does the same, FORCE_COLOR the contrary)")
    .addHelpText("after", firstSteps);
  for (const description of commands) program.addCommand(toCommand(description, terminal, ended));
  return program;
}

const firstSteps = `
First steps:
  wkgen new hello         makes an application
  cd hello && npm install
  npx wkgen dev           runs it; change hello.domain and watch

More about one command: wkgen COMMAND --help
Exit codes: 0 fine, ${exitCode.failed} the model or the check has errors, ${exitCode.misused} wrong usage, ${exitCode.internal} a bug in wkgen`;

function toCommand(description: CommandDescription, terminal: Terminal, ended: (code: ExitCode) => void): Command {
  const command = styled(new Command(description.name), terminal)
    .summary(description.summary)
    .description(`${description.summary[0]?.toUpperCase()}${description.summary.slice(1)}.`)
    .helpOption("--help", "explain this command")
    .option("--no-color", "no colours")
    .addHelpText("after", examplesOf(description));
  command.arguments(description.args);
  for (const [flags, text, choices] of description.options) {
    const option = new Option(flags, text);
    command.addOption(choices === undefined ? option : option.choices([...choices]));
  }
  return command.action(async (...given: unknown[]) => {
    const run = await description.load();
    ended(await run(invocation(command, given, terminal)));
  });
}

const invocation = (command: Command, given: readonly unknown[], terminal: Terminal): Invocation => ({
  args: given.filter((value) => typeof value === "string"),
  options: command.opts(),
  terminal,
});

function examplesOf({ examples, next }: CommandDescription): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, effect]) => `  ${line.padEnd(width)}  ${effect}`);
  return ["", "Examples:", ...lines, ...(next === undefined ? [] : ["", next])].join("\n");
}

function styled(command: Command, terminal: Terminal): Command {
  const { paint, paintTold, colours } = terminal;
  return command
    .exitOverride()
    .configureHelp({ styleTitle: (title) => paint.bold(title), styleCommandText: (text) => paint.cyan(text) })
    .configureOutput({
      getOutHasColors: () => colours.printed,
      getErrHasColors: () => colours.told,
      outputError: (text, write) => write(paintTold.red(text.replace(/^error: (.)/, (_all, first: string) => first.toUpperCase()))),
    })
    .showHelpAfterError(`Run wkgen ${command.name() === "wkgen" ? "" : `${command.name()} `}--help to see what there is.`);
}
