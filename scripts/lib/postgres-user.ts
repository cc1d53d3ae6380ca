import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LauncherError } from './errors';

/** As whom Postgres runs: it refuses to run as root, so root hands it to a user without rights. */
export type PostgresUser = {
  /** Who must own the data folder; undefined when it is who runs us. */
  owner?: { uid: number; gid: number };
  /** How to spawn a program as that user. */
  launch(command: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number };
};

/** The user for Postgres. `paths` are the folders it must reach (its binaries, its data). */
export function postgresUser(paths: string[]): PostgresUser {
  if (process.getuid?.() !== 0) return { launch: (command, args) => ({ command, args }) };
  const owner = systemUser();
  const { uid, gid } = owner;
  if (paths.every((path) => canEnter(path, uid, gid))) return { owner, launch: (command, args) => ({ command, args, uid, gid }) };
  // A folder such as /root is closed to other users. A capability lets Postgres pass it, with no change to the folder.
  const privileges = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ];
  const launch = (command: string, args: string[]) => ({ command: 'setpriv', args: [...privileges, command, ...args] });
  const probe = launch('/bin/sh', ['-c', paths.map((path) => `cd '${path.replaceAll("'", "'\\''")}'`).join(' && ')]);
  if (spawnSync(probe.command, probe.args, { cwd: '/' }).status === 0) return { owner, launch };
  throw new LauncherError(
    `Postgres may not run as root, and the user it runs as instead cannot enter ${paths.join(' or ')}. ` +
      'Move the project to a folder that everyone may enter (/srv, /opt), run it as an ordinary user, or set DATABASE_URL.',
  );
}

function systemUser(): { uid: number; gid: number } {
  const find = (name: string) => {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    try {
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      return undefined;
    }
  };
  const known = find('postgres') ?? find('intaglio');
  if (known) return known;
  if (existsSync('/usr/sbin/useradd')) {
    const shell = '/usr/sbin/nologin';
    spawnSync('/usr/sbin/useradd', ['--system', '--user-group', '--no-create-home', '--shell', shell, 'intaglio']);
  }
  const made = find('intaglio') ?? find('nobody');
  if (made) return made;
  throw new LauncherError('Postgres may not run as root and no other user could be made. Run as an ordinary user, or set DATABASE_URL.');
}

const canEnter = (path: string, uid: number, gid: number) =>
  spawnSync('/bin/sh', ['-c', 'cd "$0"', path], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
