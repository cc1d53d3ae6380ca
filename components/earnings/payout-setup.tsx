'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { startOnboardingAction } from '@/lib/payouts/actions';
import type { RailOptionDto } from '@/lib/payouts/schema';

/** The way to Stripe, where a creator says who they are and which bank account is theirs. We never see either. */
export function PayoutSetup({ rail }: { rail: RailOptionDto | undefined }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  if (!rail?.setUp) return null;
  const start = () =>
    startTransition(async () => {
      const result = await startOnboardingAction().catch(() => null);
      if (result?.data) window.location.assign(result.data.url);
      else setProblem(result?.serverError?.message ?? 'The server does not answer. Try again.');
    });
  return (
    <div className="grid gap-2 border-t border-rule pt-4">
      <p className="text-sm text-ink-soft">To be paid to your bank, tell Stripe who you are and where the money goes. We see neither.</p>
      <Button variant="outline" loading={pending} onClick={start}>
        {rail.setUp === 'begun' ? 'Go on with the set-up' : 'Set up bank payouts'}
      </Button>
      {problem && (
        <p role="alert" className="text-xs text-madder">
          {problem}
        </p>
      )}
    </div>
  );
}
