import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { RelayDto } from '@/lib/mint/relay/schema';
import type { MintStatusDto } from '@/lib/mint/schema';
import { isUnderWay } from '../relay/relay-words';
import { Notice } from '../ui/notice';
import { MintButton } from '../wallet/mint-button';
import { RelayProgress } from './relay-progress';

type Props = { workId: string; mint: MintStatusDto; relay: RelayDto | null; viewer: ViewerDto; chain: ChainConfigDto };

/** How its owner makes a work a token, and how far that is. Nothing when it is one and nothing is under way. */
export function MintPanel({ workId, mint, relay, viewer, chain }: Props) {
  const minted = mint.state === 'minted';
  if (minted && !isUnderWay(relay)) return null;
  return (
    <section aria-labelledby="mint-heading" className="grid gap-4 border-t border-rule pt-6">
      <h2 id="mint-heading" className="font-display text-xl">
        Mint
      </h2>
      {relay && relay.step !== 'failed' ? (
        <RelayProgress workId={workId} relay={relay} />
      ) : (
        <>
          {relay && <Notice tone="bad">The mint with credits did not come about, and your credits are back. {relay.problem}</Notice>}
          <MintButton workId={workId} status={mint} viewer={viewer} chain={chain} />
        </>
      )}
    </section>
  );
}
