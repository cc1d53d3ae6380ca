'use client';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { startOnboardingAction } from '@/lib/payouts/actions';
import type { RailOptionDto } from '@/lib/payouts/schema';

/** The way to Stripe, where a creator says who they are and which bank account is theirs. We never see either. */
export function PayoutSetup({ rail }: { rail: RailOptionDto | undefined }) {
  const { run, pending, problem } = useServerAction();
  if (!rail?.setUp) return null;
  const start = () => run(() => startOnboardingAction(), { onDone: (page) => page && window.location.assign(page.url) });
  return (
    <div className="grid gap-2 border-t border-rule pt-4">
      <p className="text-sm text-ink-soft">To be paid to your bank, tell Stripe who you are and where the money goes. We see neither.</p>
      <Button variant="outline" loading={pending} onClick={start}>
        {rail.setUp === 'begun' ? 'Go on with the set-up' : 'Set up bank payouts'}
      </Button>
      <Problem>{problem}</Problem>
    </div>
  );
}
