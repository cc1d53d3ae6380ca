import { Worker } from 'node:worker_threads';
import { inTurn } from './in-turn';
import type { TaskAnswer, Tasks } from './thread-tasks';

/**
 * Loads a thread's TypeScript from the project's folder, as the worker process loads its own, whoever starts the thread: the built web server, a worker,
 * a script, a test. So no bundler has to find and rewrite it, and a tsx that the parent runs under does not reach its threads.
 */
const BOOT = `import('tsx/esm/api').then(({ tsImport }) =>
  tsImport(require('node:worker_threads').workerData, require('node:url').pathToFileURL(process.cwd() + '/').href))`;

function start(file: string): Worker {
  // Nothing of the environment: a thread that opens strangers' files has no use for any secret.
  const options = { eval: true, workerData: `./${file}`, execArgv: ['--conditions=react-server'], env: {} };
  const worker = new Worker(/* turbopackIgnore: true */ BOOT, options);
  worker.unref();
  return worker;
}

/** Runs a thread's task: the arguments are copied to it, and what it returns is copied back. */
export type RunTask<T extends Tasks> = <K extends keyof T & string>(task: K, ...given: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>>;

/**
 * What takes a core for long, away from the thread that answers everybody. At most so many threads, each started when it is first needed and
 * kept; a task more waits. `file`: from the project's folder, with `answerTasks` in it. Rejects where the task throws, or its thread ends.
 */
export function threadPool<T extends Tasks>(file: string, most: number): RunTask<T> {
  const idle: Worker[] = [];
  const turn = inTurn({ most, waiting: Number.POSITIVE_INFINITY });
  const forget = (worker: Worker) => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  };
  const startOne = () => {
    const worker = start(file);
    worker.on('error', () => forget(worker));
    worker.on('exit', () => forget(worker));
    return worker;
  };
  return (task, ...given) =>
    turn(async () => {
      const worker = idle.pop() ?? startOne();
      const answer = await answerOf(worker, { task, given });
      idle.push(worker);
      if ('error' in answer) throw new Error(answer.error);
      return answer.value as never;
    });
}

function answerOf(worker: Worker, call: { task: string; given: unknown[] }): Promise<TaskAnswer> {
  return new Promise<TaskAnswer>((resolve, reject) => {
    const ended = () => reject(new Error('the thread ended'));
    worker.once('message', (answer: TaskAnswer) => {
      worker.off('error', reject).off('exit', ended).unref();
      resolve(answer);
    });
    worker.once('error', reject).once('exit', ended).ref();
    worker.postMessage(call);
  });
}
