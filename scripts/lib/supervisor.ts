import { LauncherError } from './errors';
import { type Child, signalTo } from './processes';

const restartsPerMinute = 3;

/** Knows every running part of a stack: brings back what may be brought back, and reports the first part that is lost for good. */
export class Supervisor {
  private readonly children = new Map<string, Child>();
  private stopping = false;
  private fail: (error: LauncherError) => void = () => {};
  /** Rejects when a part is lost that cannot be restarted. */
  readonly lost = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  constructor(private readonly say: (line: string) => void) {
    this.lost.catch(() => {}); // somebody may only look later
  }

  /** Watches a part that ends when we say so, and by no other cause. */
  watch(child: Child): void {
    this.add(child);
    void child.exited.then(({ code, signal, expected }) => {
      if (!expected && !this.stopping) this.fail(this.obituary(child, signal ?? `exit code ${code}`));
    });
  }

  /** Starts a part and keeps it running: up to three times a minute it is started again. */
  async keep(start: () => Promise<Child>): Promise<void> {
    const child = await start();
    this.add(child);
    void this.revive(child, start, []);
  }

  private async revive(first: Child, start: () => Promise<Child>, restarts: number[]): Promise<void> {
    let child = first;
    for (;;) {
      const { code, signal, expected } = await child.exited;
      if (expected || this.stopping) return;
      const recent = restarts.filter((at) => performance.now() - at < 60_000);
      if (recent.length >= restartsPerMinute) return this.fail(this.obituary(child, signal ?? `exit code ${code}`));
      restarts.splice(0, restarts.length, ...recent, performance.now());
      this.say(`${child.name} stopped (${signal ?? `exit code ${code}`}); starting it again. Its log: ${child.logPath}`);
      try {
        child = await start();
      } catch (error) {
        return this.fail(error instanceof LauncherError ? error : new LauncherError(String(error)));
      }
      this.add(child);
      if (this.stopping) return void child.stop(5_000);
    }
  }

  /** Notes a child that ends by itself (a build, the seed), so that it can be stopped. */
  add(child: Child): void {
    this.children.set(child.name, child);
    void child.exited.then(() => {
      if (this.children.get(child.name) === child) this.children.delete(child.name);
    });
    if (this.stopping) child.kill();
  }

  /** From here on no part is brought back or missed. */
  beginStop(): void {
    this.stopping = true;
  }

  async stop(name: string, timeoutMs: number): Promise<void> {
    await this.children.get(name)?.stop(timeoutMs);
  }

  names(): string[] {
    return [...this.children.keys()];
  }

  /** Kills a part the hard way, as a crash would. */
  kill9(name: string): void {
    const child = this.children.get(name);
    if (!child) throw new Error(`${name} does not run`);
    signalTo(-child.pid, 'SIGKILL');
  }

  private obituary(child: Child, how: string): LauncherError {
    return new LauncherError(`${child.name} stopped (${how}). Its last lines (${child.logPath}):\n${child.lastLines().join('\n')}`);
  }
}
