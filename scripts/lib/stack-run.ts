import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkSettings } from '@/lib/env';
import { buildWeb, generateClient } from './build-web';
import { type LocalChain, startChain } from './chain';
import { checkGivenChain } from './check-chain';
import { checkDataFolder } from './check-folder';
import { choosePorts, freePorts, type Ports } from './choose-ports';
import { prepareRoles } from './database-roles';
import type { Variables } from './environment';
import { LauncherError } from './errors';
import { writeFileDurably } from './files';
import { tryLock } from './lock';
import { migrate } from './migrate';
import { hasProgram, type PartOptions, runScript, startExampleEndpoint, startStripeSimulator, startWeb, startWorker } from './parts';
import { startPostgres } from './postgres';
import type { Child } from './processes';
import { recoverChildren } from './recover';
import { createReport, type Report } from './report';
import { loadSecrets, type Secrets } from './secrets';
import type { Stack, StackOptions } from './stack';
import { embeddedParts, stackEnv, stackOwnerUrl } from './stack-env';
import { Supervisor } from './supervisor';

/** One stack from its start to its stop. */
export class StackRun {
  private readonly report: Report;
  private readonly supervisor: Supervisor;
  private readonly dataDir: string;
  private readonly source: Variables;
  private readonly embedded: { postgres: boolean; chain: boolean; stripe: boolean; endpoint: boolean };
  private chain: LocalChain | undefined;
  private releaseLock: () => void = () => {};
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: StackOptions) {
    this.report = options.report ?? createReport(() => {});
    this.supervisor = new Supervisor((line) => this.report.line(line));
    this.dataDir = resolve(options.dataDir);
    this.source = options.settings ?? {};
    const parts = embeddedParts(this.source);
    const hasWeb = options.web !== 'none';
    this.embedded = {
      postgres: parts.postgres,
      chain: parts.chain && options.chain,
      stripe: parts.stripe && hasWeb,
      endpoint: parts.endpoint && hasWeb && options.chain,
    };
  }

  async start(): Promise<Stack> {
    try {
      return await Promise.race([this.bringUp(), this.supervisor.lost]);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private async bringUp(): Promise<Stack> {
    await this.claimFolder();
    const secrets = loadSecrets(this.dataDir);
    const ports = await this.choosePorts();
    const mode = this.options.web === 'dev' ? 'development' : 'production';
    const given = { dataDir: this.dataDir, ports, secrets, source: this.source, mode } as const;
    const env = stackEnv(given);
    const owner = { ...env, DATABASE_OWNER_URL: stackOwnerUrl(given) };
    const parts = this.partOptions(ports, env);
    checkEnv(parts.env);

    const client = this.step('Database client', () => generateClient(this.buildOptions()));
    const pages = client.then(async () => {
      if (this.options.web === 'build') await this.step('Pages', () => buildWeb(this.buildOptions()));
    });
    const data = this.startDatabase(ports, secrets).then(() => this.step('Migrations', () => migrate(owner.DATABASE_OWNER_URL, this.say)));
    const ready = Promise.all([client, data, this.startLocalChain(ports)]).then(() => this.startJobs(parts, owner));
    const web = Promise.all([pages, ready, this.startStripe(parts, ports), this.startEndpoint(parts, ports)]).then(() => this.startPages(parts));
    await Promise.all([web, ready.then(() => this.seed(parts, owner))]);

    const stack: Stack = {
      env: owner,
      urls: { web: env.PUBLIC_URL ?? '', rpc: env.RPC_URL ?? '' },
      lost: this.supervisor.lost,
      stop: (how) => this.stop(how),
      kill9: (name) => this.supervisor.kill9(name),
    };
    writeFileDurably(join(this.dataDir, 'stack.json'), `${JSON.stringify({ env: stack.env, urls: stack.urls }, null, 2)}\n`, 0o600);
    return stack;
  }

  /** Stops everything, users before what they use. A second call with `hurry` kills what is not down yet. */
  stop({ hurry = false } = {}): Promise<void> {
    if (hurry) for (const name of ['seed', 'build', 'web', 'worker']) void this.supervisor.stop(name, 0);
    this.stopped ??= this.stopInOrder();
    return this.stopped;
  }

  private async stopInOrder(): Promise<void> {
    this.supervisor.beginStop();
    const isLast = (name: string) => name === 'chain' || name === 'postgres';
    const tasks = this.supervisor.names().filter((name) => !isLast(name) && name !== 'web' && name !== 'worker');
    await Promise.all(tasks.map((name) => this.supervisor.stop(name, 2_000)));
    await this.supervisor.stop('web', 4_000);
    await this.supervisor.stop('worker', 10_000);
    await this.chain?.stop();
    await this.supervisor.stop('chain', 4_000);
    await this.supervisor.stop('postgres', 20_000);
    rmSync(join(this.dataDir, 'stack.json'), { force: true });
    this.releaseLock();
  }

  private async claimFolder(): Promise<void> {
    checkDataFolder(this.dataDir);
    const lock = tryLock(join(this.dataDir, 'launcher.lock'));
    if ('heldBy' in lock) {
      throw new LauncherError(
        `Intaglio already runs on ${this.dataDir} (process ${lock.heldBy}). Stop that one, or give this one a folder and a port of its own: ` +
          'DATA_DIR=.data2 PORT=3001 npm start',
      );
    }
    this.releaseLock = lock.release;
    const left = await recoverChildren(this.dataDir);
    if (left.length > 0) this.say(`The last run was killed; stopped what it left behind: ${left.join(', ')}.`);
  }

  private choosePorts(): Promise<Ports> {
    if (this.options.ports === 'free') return freePorts();
    return choosePorts(this.dataDir, this.source, { ...this.embedded, web: this.options.web !== 'none' });
  }

  private async startDatabase(ports: Ports, secrets: Secrets): Promise<void> {
    if (!this.embedded.postgres) return;
    await this.step('Postgres', async () => {
      const address = { port: ports.postgres, superuserPassword: secrets.postgresPassword, ...secrets };
      this.watch(await startPostgres({ dataDir: this.dataDir, onSpawn: this.note, ...address }));
      await prepareRoles(address, 'intaglio');
    });
  }

  private async startLocalChain(ports: Ports): Promise<void> {
    if (!this.embedded.chain) return;
    await this.step('Local chain', async () => {
      this.chain = await startChain({ dataDir: this.dataDir, port: ports.chain, say: this.say, onSpawn: this.note });
      this.watch(this.chain.child);
    });
  }

  private async startStripe(parts: PartOptions, ports: Ports): Promise<void> {
    if (!this.embedded.stripe) return;
    await this.step('Card simulator', () => this.supervisor.keep(() => startStripeSimulator(parts, ports.stripe)));
  }

  private async startEndpoint(parts: PartOptions, ports: Ports): Promise<void> {
    if (!this.embedded.endpoint) return;
    await this.step('Example endpoint', () => this.supervisor.keep(() => startExampleEndpoint(parts, ports.endpoint)));
  }

  private async startJobs(parts: PartOptions, owner: Record<string, string>): Promise<void> {
    const missing = !this.source.RPC_URL ? null : await checkGivenChain(parts.env as Record<string, string>);
    if (missing) this.say(missing);
    if (this.embedded.chain && hasProgram('lib/chain/deploy/deploy-contracts.ts')) {
      const env = { ...parts.env, ...owner };
      await this.step('Contracts', () => runScript({ ...parts, env }, 'contracts', 'scripts/lib/deploy-local.ts'));
    }
    if (this.options.worker) await this.step('Worker', () => this.supervisor.keep(() => startWorker(parts)));
  }

  private async seed(parts: PartOptions, owner: Record<string, string>): Promise<void> {
    if (!this.options.seed || !hasProgram('prisma/seed/main.ts')) return;
    const onLine = (name: string, line: string) => (this.options.onLine ? this.options.onLine(name, line) : this.say(`  ${line}`));
    const options = { ...parts, env: { ...parts.env, ...owner }, onLine };
    await this.step('Seed', () => runScript(options, 'seed', 'prisma/seed/main.ts'));
  }

  private async startPages(parts: PartOptions): Promise<void> {
    if (this.options.web !== 'none') await this.step('Web app', () => this.supervisor.keep(() => startWeb(parts)));
  }

  private partOptions(ports: Ports, env: Record<string, string>): PartOptions {
    // The owner's address stays with migrations and seed, also when it came to us in our own environment.
    const { DATABASE_OWNER_URL: _, ...inherited } = process.env;
    const host = this.source.HOST || '127.0.0.1';
    const dev = this.options.web === 'dev';
    return { dataDir: this.dataDir, env: { ...inherited, ...env }, port: ports.web, host, dev, onSpawn: this.note, onLine: this.options.onLine };
  }

  private buildOptions() {
    return { dataDir: this.dataDir, say: this.say, onSpawn: this.note };
  }

  private readonly say = (line: string): void => this.report.line(line);

  private readonly note = (child: Child): void => this.supervisor.add(child);

  private watch(child: Child): void {
    this.supervisor.watch(child);
    this.checkNotStopped();
  }

  private step<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.checkNotStopped();
    return this.report.step(name, work);
  }

  private checkNotStopped(): void {
    if (this.stopped) throw new LauncherError('stopped');
  }
}

/** A wrong setting is told here, once and with its name, and not by each part in its own log. */
function checkEnv(env: Variables): void {
  const problems = checkSettings(env).map(({ name, problem, how }) => `  ${name} ${problem}. ${how}`);
  if (problems.length > 0) throw new LauncherError(['Settings are missing or wrong:', ...problems].join('\n'));
}
