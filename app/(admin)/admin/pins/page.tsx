import type { Metadata } from 'next';
import { PinList } from '@/components/admin/pin-list';
import { PageHeading } from '@/components/ui/page-heading';
import { getPins } from '@/lib/addresses/queries';
import { database } from '@/lib/db';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Pins' };

export default async function PinsPage() {
  const actor = await operatorOnly();
  const pins = await getPins(database(), actor);
  return (
    <>
      <PageHeading title="Pins">What the house’s IPFS node keeps of minted works: picture, metadata, preview, manifest.</PageHeading>
      <PinList pins={pins} />
    </>
  );
}
