'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { credits } from '../format';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { Answer, OfferState } from './use-offer';

type Offer = { token: string; priceMillicredits: string; spendableMillicredits: string; expiresAt: string };
type Props<T extends Offer> = OfferState<T> & {
  /** What the button does: 'Mint', 'Buy it'. */
  verb: string;
  /** What the price consists of, and what else is to be known before. */
  children: ReactNode;
  start(token: string): Promise<Answer<{ id: string }>>;
  onStarted?(id: string): void;
};

/** Refusals that end at the page where credits are. */
const ABOUT_CREDITS = ['insufficient_final_credits', 'spending_frozen'];

/** The other way to pay for what a wallet could send: the house sends it with its gas, for credits. */
export function CreditsOffer<T extends Offer>({ offer, problem, askAgain, verb, children, start, onStarted }: Props<T>) {
  const router = useRouter();
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<{ code: string; message: string } | null>(null);
  const short = offer !== null && BigInt(offer.spendableMillicredits) < BigInt(offer.priceMillicredits);
  const wrong = refusal ?? problem;

  const accept = async () => {
    if (!offer) return;
    setStarting(true);
    setRefusal(null);
    const answer = await start(offer.token).catch(() => undefined);
    if (answer?.data) onStarted?.(answer.data.id);
    else {
      setRefusal(refusalOf(answer));
      // Where no answer came it may have started: the same quote again starts nothing more, another one would.
      if (answer) askAgain();
    }
    // The page then shows how far it is, or what has changed meanwhile; the header's balance has changed, too.
    router.refresh();
    setStarting(false);
  };
  return (
    <div className="grid gap-3 border-t border-rule pt-4">
      <Button variant="outline" loading={starting} disabled={!offer || short} onClick={accept}>
        {offer ? `${verb} with ${credits(offer.priceMillicredits)}` : `${verb} with credits`}
      </Button>
      {children}
      {short && (
        <p className="text-xs text-ink-soft">
          It takes credits bought with crypto, since a card payment can be charged back. You have {credits(offer.spendableMillicredits)} of them.{' '}
          <BuyCredits />
        </p>
      )}
      {wrong && (
        <Notice tone="bad" role="alert">
          {wrong.message} {ABOUT_CREDITS.includes(wrong.code) && !short && <BuyCredits />}
          {problem && !refusal && (
            <button type="button" className="text-link text-ink" onClick={askAgain}>
              Ask again
            </button>
          )}
        </Notice>
      )}
    </div>
  );
}

function refusalOf(answer: Answer<unknown>) {
  const invalid = Object.values(answer?.validationErrors?.fieldErrors ?? {}).flat()[0];
  if (invalid) return { code: 'invalid_input', message: invalid };
  return answer?.serverError ?? { code: 'internal', message: 'The server does not answer. Try again: it is started once at most.' };
}

const BuyCredits = () => (
  <Link href="/credits" className="text-link text-ink">
    Buy credits
  </Link>
);
