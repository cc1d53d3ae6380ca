import { parentPort } from 'node:worker_threads';

export type Tasks = Readonly<Record<string, (...given: never[]) => unknown>>;
export type TaskAnswer = { value: unknown } | { error: string };

/** A thread's side of `threadPool`: answers one task after the other. */
export function answerTasks(tasks: Tasks): void {
  parentPort?.on('message', async ({ task, given }: { task: string; given: never[] }) => {
    let answer: TaskAnswer;
    try {
      answer = { value: await tasks[task]?.(...given) };
    } catch (error) {
      answer = { error: error instanceof Error ? error.message : String(error) };
    }
    parentPort?.postMessage(answer);
  });
}
