import { readArguments, USAGE, UsageError } from './arguments';
import { check } from './check';
import { version } from './package.json';
import { table } from './table';

async function main(args: string[]): Promise<number> {
  try {
    const asked = readArguments(args);
    if (asked.help) return say(USAGE);
    if (asked.version) return say(version);
    const result = await check(asked);
    say(asked.json ? JSON.stringify(result, null, 2) : table(result));
    return result.verdict === 'verified' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) {
      console.error(`This could not be checked: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

function say(text: string): 0 {
  console.log(text);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
