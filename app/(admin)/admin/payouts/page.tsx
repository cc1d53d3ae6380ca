import type { Metadata } from 'next';
import { PageHeading } from '@/components/ui/page-heading';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Payouts' };

export default async function PayoutsPage() {
  await operatorOnly();
  return <PageHeading title="Payouts">What creators asked for, and what waits for a decision.</PageHeading>;
}
