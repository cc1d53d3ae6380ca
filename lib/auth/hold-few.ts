import { AppError } from '@/lib/errors';

const open = new Map<string, number>();

/** Lets one person have only so many of something open at once, in this process. Returns what to call when it is closed. Throws `rate_limited`. */
export function holdOne(what: string, userId: string, most: number): () => void {
  const key = `${what} ${userId}`;
  const before = open.get(key) ?? 0;
  if (before >= most) throw new AppError('rate_limited');
  open.set(key, before + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}
