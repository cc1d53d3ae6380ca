import { type ChainStateFiles, saveChainState } from './chain-state';
import { rpc } from './rpc';

/** Blocks that the keeper puts on top of the last transaction: the app's own default of CONFIRMATIONS. */
const depth = 4;
const tickMs = 1000;

type Block = { number: string; hash: string; transactions: unknown[] };

/**
 * Looks after the local chain once a second. The node mines a block for each transaction, so nothing would ever be confirmed:
 * the keeper adds empty blocks until the last transaction is deep enough, then stops, so an idle chain does not grow. It saves
 * the state whenever the head has changed. A kill may therefore cost the last second.
 */
export class ChainKeeper {
  private savedHead = '';
  private seenNumber = -1;
  private lastUsed = 0;
  private running: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private lastProblem = '';

  constructor(
    private readonly url: string,
    private readonly files: ChainStateFiles,
    private readonly say: (line: string) => void,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.tick().finally(() => {
        if (this.timer) this.start();
      });
    }, tickMs);
  }

  /** Stops looking after the chain, and saves it a last time. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
    await this.tryTo('saved', () => this.save());
  }

  private async tick(): Promise<void> {
    await this.tryTo('looked after', async () => {
      if (await this.needsConfirmation()) await rpc(this.url, 'evm_mine');
      await this.save();
    });
  }

  private async needsConfirmation(): Promise<boolean> {
    const head = Number(await rpc<string>(this.url, 'eth_blockNumber'));
    if (head < this.seenNumber) this.lastUsed = 0; // somebody rolled the chain back
    // Deeper than this, a block's transactions are confirmed already.
    const from = head < this.seenNumber ? head - depth : Math.max(this.seenNumber + 1, head - depth);
    for (let number = head; number >= Math.max(from, 1); number--) {
      const block = await this.block(number);
      if (!block || block.transactions.length === 0) continue;
      this.lastUsed = number;
      break;
    }
    this.seenNumber = head;
    return this.lastUsed > 0 && head - this.lastUsed < depth;
  }

  private block(number: number | 'latest'): Promise<Block | null> {
    const tag = number === 'latest' ? number : `0x${number.toString(16)}`;
    return rpc<Block | null>(this.url, 'eth_getBlockByNumber', [tag, false]);
  }

  private async save(): Promise<void> {
    const head = (await this.block('latest'))?.hash ?? '';
    if (head === this.savedHead) return;
    saveChainState(this.files, await rpc<string>(this.url, 'anvil_dumpState'));
    this.savedHead = head;
  }

  private async tryTo(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.lastProblem = '';
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.lastProblem) this.say(`The local chain could not be ${what}: ${problem}`);
      this.lastProblem = problem;
    }
  }
}
