import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const pollMs = 50;
const rotateAboveBytes = 8 * 1024 * 1024;

/** Keeps one older log beside the current one, so that logs cannot fill the disk. */
export function rotateLog(path: string): void {
  if (!existsSync(path) || statSync(path).size < rotateAboveBytes) return;
  rmSync(`${path}.1`, { force: true });
  renameSync(path, `${path}.1`);
}

/**
 * Follows a log file that a child writes itself. A pipe would be simpler, but it breaks when the launcher is killed, and
 * then takes the child with it in the middle of its work.
 */
export class LogTail {
  private offset: number;
  private rest = '';
  private readonly decoder = new StringDecoder('utf8');
  private readonly file: number;
  private readonly buffer = Buffer.alloc(64 * 1024);
  private readonly timer: NodeJS.Timeout;
  readonly last: string[] = [];

  constructor(
    path: string,
    private readonly onLine: (line: string) => void,
  ) {
    this.file = openSync(path, 'r');
    this.offset = statSync(path).size;
    this.timer = setInterval(() => this.read(), pollMs);
  }

  /** Reads what is there now. */
  read(): void {
    for (;;) {
      const size = readSync(this.file, this.buffer, 0, this.buffer.length, this.offset);
      if (size === 0) return;
      this.offset += size;
      const lines = (this.rest + this.decoder.write(this.buffer.subarray(0, size))).split('\n');
      this.rest = lines.pop() ?? '';
      for (const line of lines) {
        this.last.push(line);
        if (this.last.length > 30) this.last.shift();
        this.onLine(line);
      }
    }
  }

  close(): void {
    clearInterval(this.timer);
    this.read();
    closeSync(this.file);
  }
}
