import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { init } from 'z3-solver';
import { rootDir } from './paths';

/** `unknown`: the solver gave up, or the harness uses something that the checker does not model. */
export type Verdict = 'proved' | 'violated' | 'unknown';
/** One change of one source; `from` has to occur in it exactly once. */
export type Edit = { file: string; from: string; to: string };

type Solved = { contents: string } | { error: string };
type Message = { severity: string; errorCode?: string; message: string };
type Compiler = { compile(input: string, callbacks: object): string };

/** Z3's own measure of work, so that a verdict depends on no clock. The hardest of our queries takes about a tenth of it. */
const WORK_LIMIT = '2000000000';
/** The checker does not know the type of a custom error; that costs nothing where `require` throws it. */
const HARMLESS = '8364';

export function applyEdit(source: string, file: string, edit: Edit | undefined): string {
  if (edit?.file !== file) return source;
  const parts = source.split(edit.from);
  if (parts.length !== 2) throw new Error(`prove: "${edit.from}" occurs ${parts.length - 1} times in ${file}, not once`);
  return parts.join(edit.to);
}

/** What the checker's messages say about a harness with that many assertions. Throws where the harness does not compile. */
export function verdictOf(messages: Message[], assertions: number): Verdict {
  const error = messages.find(({ severity }) => severity === 'error');
  if (error) throw new Error(`prove: ${error.message}`);
  const relevant = messages.filter(({ errorCode }) => errorCode !== HARMLESS);
  if (relevant.some(({ message }) => message.startsWith('CHC: Assertion violation happens here'))) return 'violated';
  const safe = relevant.filter(({ message }) => message.startsWith('CHC: Assertion violation check is safe'));
  return assertions > 0 && safe.length === assertions && relevant.length === safe.length ? 'proved' : 'unknown';
}

/**
 * A function that checks the assertions of a harness (a path below the repository, holding one contract of the same name): in every
 * state that any number of calls in any order can reach. Solidity's SMTChecker writes the question, Z3 answers it.
 */
export async function startProver(): Promise<(harness: string, edit?: Edit) => Verdict> {
  const solc = createRequire(import.meta.url)('solc') as Compiler;
  const { em, Z3 } = await init();
  Z3.global_param_set('rlimit', WORK_LIMIT);

  // Called directly: the package's own wrapper passes the text on a stack that is gone when its thread reads it.
  function solve(query: string): Solved {
    const bytes = new TextEncoder().encode(`${query}\0`);
    const text = em._malloc(bytes.length);
    const context = Z3.mk_context(Z3.mk_config());
    try {
      em.HEAPU8.set(bytes, text);
      return { contents: em.UTF8ToString(em._Z3_eval_smtlib2_string(context, text)) };
    } catch (error) {
      return { error: String(error) };
    } finally {
      Z3.del_context(context);
      em._free(text);
    }
  }

  return (harness, edit) => {
    const read = (file: string) => applyEdit(readFileSync(join(rootDir, file), 'utf8'), file, edit);
    const source = read(harness);
    const input = {
      language: 'Solidity',
      sources: { [harness]: { content: source } },
      settings: {
        outputSelection: {},
        modelChecker: {
          contracts: { [harness]: [harness.replace(/^.*\/|\.sol$/g, '')] },
          engine: 'chc',
          targets: ['assert'],
          solvers: ['smtlib2'],
          showProvedSafe: true,
          showUnproved: true,
          showUnsupported: true,
        },
      },
    };
    const callbacks = { import: (file: string) => ({ contents: read(file) }), smtSolver: solve };
    const output = JSON.parse(solc.compile(JSON.stringify(input), callbacks)) as { errors?: Message[] };
    return verdictOf(output.errors ?? [], source.split(/\bassert\(/).length - 1);
  };
}
