import { randomBytes } from 'node:crypto';
import { AppError } from '@/lib/errors';
import type { AccessSeeker } from '@/lib/passes/check-access';
import type { PassGrant } from '@/lib/passes/schema';

/**
 * Who holds which pass, for tests of what follows from it: reading that off the chain has tests of its own (lib/passes). A file that uses
 * this puts `requireAccess` in place of the real one.
 */
export function passWorld() {
  const holders = new Map<string, string>();
  const grants = new Map<string, PassGrant>();
  return {
    grants,
    give: (passId: string, { userId }: { userId: string }) => holders.set(passId, userId),
    newPass: (holder: { userId: string }, terms: Partial<PassGrant> = {}): string => {
      const passId = `31337:0x${randomBytes(20).toString('hex')}:1`;
      const periodEndsAt = new Date(Date.now() + 3_600_000);
      grants.set(passId, {
        ...{ passId, tierId: 1, tierLabel: 'Gold', includedRuns: 2, periodSeconds: 3600, period: 0, periodEndsAt },
        ...{ ratePerMinute: null, expiresAt: null, isSafe: true, ...terms },
      });
      holders.set(passId, holder.userId);
      return passId;
    },
    requireAccess: async (_db: unknown, { userId }: AccessSeeker, _model: string, { passId }: { passId?: string } = {}) => {
      if (passId && holders.get(passId) !== userId) throw new AppError('pass_moved');
      const mine = passId ?? [...holders].find(([, holder]) => holder === userId)?.[0];
      if (!mine) throw new AppError('pass_required');
      return { pass: grants.get(mine) ?? null, needsRun: 'none' as const };
    },
  };
}
