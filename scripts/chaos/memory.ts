import type { Capture } from '@/lib/credits/capture-hold';
import type { Hold } from '@/lib/credits/hold-credits';

/** What a client was told about one hold. */
export type KnownHold = Hold & { captured?: bigint; letGo: boolean };
export type KnownPost = { ref: string; amountMillicredits: bigint };
type Status = 'ok' | 'replay';

/** What the database acknowledged, kept outside it: it must all be there after a crash, and nothing beside it. */
export class Memory {
  readonly holds = new Map<string, KnownHold>();
  readonly posts = new Map<string, KnownPost>();
  /** What each collector must have, and what each receiver. */
  readonly purses = new Map<string, bigint>();
  readonly earned = new Map<string, bigint>();
  readonly contradictions: string[] = [];
  readonly counts = { effects: 0, replays: 0, refusals: 0 };
  captures = 0;
  private readonly done = new Set<string>();

  held(hold: Hold, status: Status): void {
    this.acknowledged(`hold ${hold.id}`, status);
    if (!this.holds.has(hold.id)) this.holds.set(hold.id, { ...hold, letGo: false });
  }

  captured({ id, splits }: Capture, receivers: string[], status: Status): void {
    this.acknowledged(`capture ${id}`, status);
    const hold = this.holds.get(id);
    const total = splits.reduce((sum, split) => sum + split.amountMillicredits, 0n);
    if (!hold) throw new Error(`hold ${id} is captured before it is held: a fault of the load itself`);
    if (hold.captured !== undefined && hold.captured !== total) this.contradictions.push(`hold ${id} was captured with two amounts`);
    if (hold.letGo) this.contradictions.push(`hold ${id} was captured and let go`);
    if (hold.captured !== undefined) return;
    hold.captured = total;
    this.captures++;
    this.add(this.purses, hold.userId, -total);
    for (const [i, split] of splits.entries()) this.add(this.earned, receivers[i] ?? '', split.amountMillicredits);
  }

  letGo(id: string): void {
    const hold = this.holds.get(id);
    this.count(hold?.letGo ? 'replay' : 'ok');
    if (!hold) throw new Error(`hold ${id} is let go before it is held: a fault of the load itself`);
    if (hold.captured !== undefined) this.contradictions.push(`hold ${id} was captured and let go`);
    hold.letGo = true;
  }

  posted(post: KnownPost, moves: { user?: string; from?: string; to?: string }, status: Status): void {
    this.acknowledged(`post ${post.ref}`, status);
    if (this.posts.has(post.ref)) return;
    this.posts.set(post.ref, post);
    if (moves.user) this.add(this.purses, moves.user, post.amountMillicredits);
    if (moves.from) this.add(this.earned, moves.from, -post.amountMillicredits);
    if (moves.to) this.add(this.earned, moves.to, post.amountMillicredits);
  }

  refused(): void {
    this.counts.refusals++;
  }

  count(status: Status): void {
    if (status === 'ok') this.counts.effects++;
    else this.counts.replays++;
  }

  /** Whatever was tried how often, only one try may be told that it did it. */
  private acknowledged(what: string, status: Status): void {
    this.count(status);
    if (status === 'replay') return;
    if (this.done.has(what)) this.contradictions.push(`${what} was done twice`);
    this.done.add(what);
  }

  private add(sums: Map<string, bigint>, key: string, amount: bigint): void {
    sums.set(key, (sums.get(key) ?? 0n) + amount);
  }
}
